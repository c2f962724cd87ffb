package main

import (
	"context"
	"os"
	"runtime"
	"strings"

	"exempla/internal/store"
)

// machine describes what the figures depend on, without anything that identifies it.
type machine struct {
	cores     int
	processor string
	memory    int64  // bytes
	system    string // operating system, architecture, kernel
	golang    string
	postgres  string
}

func thisMachine() machine {
	m := machine{cores: runtime.NumCPU(), processor: "unknown", system: runtime.GOOS + "/" + runtime.GOARCH, golang: runtime.Version()}
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				m.processor = strings.TrimSpace(value)
				break
			}
		}
	}
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		kilobytes, _ := figure(string(text), "MemTotal:")
		m.memory = kilobytes << 10
	}
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		parts := strings.SplitN(strings.TrimSpace(string(text)), ".", 3)
		m.system += ", kernel " + strings.Join(parts[:min(2, len(parts))], ".")
	}
	return m
}

func postgresVersion(ctx context.Context, s *store.Store) (string, error) {
	list, err := s.Examine(ctx)
	if err != nil {
		return "", err
	}
	version, _, _ := strings.Cut(list[0].Found, " (") // without the distribution's addition
	return version, nil
}
