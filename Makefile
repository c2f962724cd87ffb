# What there is to do here. "make help" lists it.
SHELL := /bin/sh
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
GO_BUILD := CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)"

.PHONY: help run test check build generate tools

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## serve the sample catalogue at http://localhost:8080
	@exec bin/exempla serve --demo

build: ## build bin/exempla, one static binary with everything in it
	@$(GO_BUILD) -o bin/exempla ./cmd/exempla
