package main

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"exempla/internal/testdb"
)

// The machine is described, and not named.
func TestTheMachineIsDescribed(t *testing.T) {
	t.Parallel()
	m := thisMachine()
	if m.cores < 1 || m.processor == "" || m.memory < 100<<20 || m.golang != runtime.Version() {
		t.Errorf("%+v", m)
	}
	if !strings.HasPrefix(m.system, runtime.GOOS+"/"+runtime.GOARCH+", kernel ") || strings.Count(m.system, ".") != 1 {
		t.Errorf("the system is %q", m.system)
	}
	if name, err := os.Hostname(); err == nil && len(name) > 3 && strings.Contains(m.system+m.processor, name) {
		t.Errorf("the machine's name %s is told", name)
	}
}

func TestTheVersionOfPostgresHasNoDistribution(t *testing.T) {
	t.Parallel()
	version, err := postgresVersion(t.Context(), testdb.Open(t))
	if err != nil || !strings.HasPrefix(version, "PostgreSQL 1") || strings.ContainsAny(version, "()") {
		t.Errorf("%q, %v", version, err)
	}
}
