# What there is to do here: "make help" lists it. Everything that a target
# needs beyond Go, make and git is found or installed by the target itself.
SHELL := /bin/sh
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
BUILD := CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)"
GENERATED := web/page/*/*_templ.go web/component/*_templ.go internal/mail/*_templ.go
# What reads the PDFs and sheets that tests make, fonts for them, and a pooler to go
# through. LibreOffice is large, but it is what many open a sheet with; this part of it has
# no windows.
PACKAGES := poppler-utils libreoffice-calc-nogui fonts-dejavu-core fonts-vlgothic pgbouncer

# What the example of a cluster is made of.
CLUSTER := patroni etcd-server haproxy postgresql procps

.PHONY: help run test check build bench generate screenshot cluster test-cluster test-postgres tools

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the sample catalogue at http://localhost:8080
	@echo "Exempla is being built and started. The first time takes some minutes, later a few seconds."
	@$(MAKE) --silent --no-print-directory build
	@exec bin/exempla serve --demo --drain 0

build: ## build bin/exempla, one static binary with everything in it
	@$(BUILD) -o bin/exempla ./cmd/exempla

bench: build ## measure with up to 1,000,000 practices and write BENCHMARKS.md; SIZES=1000,10000 for some
	@go build -o bin/bench ./cmd/bench
	@exec bin/bench $(if $(SIZES),--sizes $(SIZES))

generate: ## write the Go code of the pages and mails, and the README's tables, anew
	@go tool templ generate -path web && go tool templ generate -path internal/mail
	@if [ -n "$$GEONAMES" ]; then go generate ./internal/gazetteer; fi # the folder of the npm packages, see its generate
	@go test ./internal/rules -run TestReadmeHasTheLifeOfASubmission -update >/dev/null
	@go test ./internal/server -run TestQuestions -update >/dev/null

screenshot: tools ## take the picture in the README anew
	@go test ./cmd/exempla -run '^TestScreenshot$$' -count 1 -screenshot ../../.github/screenshot.png >/dev/null
	@echo "written: .github/screenshot.png"

# What gosec does not look for: errors that are not handled, which are those of writing to
# what cannot fail or says so later, and of closing after a failure; and conversions of
# numbers, which are all over the packed index and bounded there. Nor where only
# developers' machines run it.
GOSEC := -quiet -exclude-generated -exclude=G104,G115 $(addprefix -exclude-dir=,generate cldrgen cmd/bench internal/browser internal/testbucket internal/testdb)

check: internal/browser/node_modules/axe-core/axe.min.js bin/gosec-2.30.0 ## format, vet, staticcheck, gosec, scripts, generated code in step, rules of the house
	@unformatted=$$(gofmt -l cmd internal web migrations locales); \
		if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	@before=$$(cat $(GENERATED) | cksum); { go tool templ generate -path web; go tool templ generate -path internal/mail; } >/dev/null 2>&1; after=$$(cat $(GENERATED) | cksum); \
		if [ "$$before" != "$$after" ]; then echo "generated pages were not in step; they are now, commit them"; exit 1; fi
	@go mod tidy -diff
	@go vet ./... && go vet -tags cluster,npm ./cmd/exempla ./internal/localpg
	@go tool staticcheck ./...
	@bin/gosec-2.30.0 $(GOSEC) ./...
	@internal/browser/node_modules/.bin/eslint --config internal/browser/eslint.config.js web/static
	@go test ./internal/rules
	@echo "check: all in order"

test: tools ## run all tests, those in a real browser included
	@go tool gotestsum --format pkgname -- -timeout 20m ./...

cluster: ## run the example of a cluster here: switch over, kill the primary, upgrade; say what a visitor saw
	@dpkg -s $(CLUSTER) >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends $(CLUSTER) >/dev/null; } || \
		{ echo "The cluster needs, on Debian and as root: apt-get install $(CLUSTER)"; exit 1; }
	@go test -tags cluster ./cmd/exempla -run '^TestCluster$$' -count 1 -v

test-cluster: cluster

test-postgres: ## fetch another PostgreSQL from npm, run it, and upgrade a site to it
	@go test -tags npm ./internal/localpg ./cmd/exempla -run '^(TestFetchedPostgres|TestUpgradePostgresOfASite)$$' -count 1

tools: internal/browser/node_modules/axe-core/axe.min.js bin/versitygw-1.8.0
	@for name in "$$CHROMIUM" /usr/bin/chromium chromium chromium-browser google-chrome; do \
		[ -n "$$name" ] && command -v "$$name" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends chromium >/dev/null; \
	else echo "The tests need Chromium: apt-get install chromium, or name one in CHROMIUM."; exit 1; fi
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -yqq --no-install-recommends $(PACKAGES) >/dev/null; \
	else command -v pdftotext >/dev/null && command -v soffice >/dev/null && { command -v pgbouncer || test -x /usr/sbin/pgbouncer; } >/dev/null || \
		{ echo "The tests need pdftotext, soffice, pgbouncer, and fonts with Arabic and Japanese: apt-get install $(PACKAGES)"; exit 1; }; fi

# A server with the protocol of S3, as a real one for tests. It is no tool of go.mod,
# which its many libraries would make three times as long.
bin/versitygw-%:
	@mkdir -p bin && GOBIN=$(CURDIR)/bin go install github.com/versity/versitygw/cmd/versitygw@v$* && mv bin/versitygw $@

# What looks for risky code. Its libraries for asking models are many, too.
bin/gosec-%:
	@mkdir -p bin && GOBIN=$(CURDIR)/bin go install github.com/securego/gosec/v2/cmd/gosec@v$* && mv bin/gosec $@

internal/browser/node_modules/axe-core/axe.min.js: internal/browser/package-lock.json
	@npm ci --prefix internal/browser --no-audit --no-fund --silent && touch $@
