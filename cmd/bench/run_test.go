package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBenchmarkRuns measures a tiny catalogue with both programs as they are:
// what is measured is of no interest, only that everything can be.
func TestBenchmarkRuns(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "exempla-bench-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	// Root cannot run Postgres; the user who does must be able to pass through.
	if err := os.Chmod(folder, 0o711); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"bench", "exempla"} {
		if out, err := exec.Command("go", "build", "-o", filepath.Join(folder, program), "../"+program).CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, out)
		}
	}
	report, graph := filepath.Join(folder, "report.md"), filepath.Join(folder, "cost.svg")
	cmd := exec.CommandContext(t.Context(), filepath.Join(folder, "bench"), "--sizes", "200", "--round", "50ms", "--rounds", "1",
		"--program", filepath.Join(folder, "exempla"), "--cache", filepath.Join(folder, "cache"), "--report", report, "--graph", "cost.svg")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"| 200 | ", "| listing, asked before | 16 | ", "| a rare word | 1 | ", "behind the same middleware | 16 | ", "## While practices change", "](cost.svg)"} {
		if !strings.Contains(string(text), part) {
			t.Errorf("%q is not in the report:\n%s", part, text)
		}
	}
	if _, err := os.Stat(graph); err != nil || strings.Contains(string(text), folder) {
		t.Errorf("no graph, or a path of this machine in the report: %v\n%s", err, text)
	}
}
