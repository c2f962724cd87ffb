package rules

import (
	"flag"
	"fmt"
	"os"
	"path"
	"strings"
	"testing"

	"exempla/internal/submission"
)

var update = flag.Bool("update", false, "write the table of steps into README.md")

// The marks between which README.md has the table.
const (
	lifeBegins = "<!-- the table of steps, written by make generate -->\n"
	lifeEnds   = "<!-- end of the table -->\n"
)

// TestReadmeHasTheLifeOfASubmission holds README.md to the table that the
// program goes by. Run with -update, it writes it there.
func TestReadmeHasTheLifeOfASubmission(t *testing.T) {
	t.Parallel()
	readme := text(t, "README.md")
	before, rest, begun := strings.Cut(readme, lifeBegins)
	_, after, ended := strings.Cut(rest, lifeEnds)
	if !begun || !ended {
		t.Fatalf("README.md lacks %q or %q", lifeBegins, lifeEnds)
	}
	want := before + lifeBegins + life() + lifeEnds + after
	switch {
	case want == readme:
	case *update:
		if err := os.WriteFile(path.Join(root, "README.md"), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("README.md: the table of steps is not that of internal/submission: run make generate")
	}
}

// life is the table of steps in Markdown.
func life() string {
	var b strings.Builder
	b.WriteString("| Action | From | By | To |\n|---|---|---|---|\n")
	for _, line := range submission.Lines() {
		var from []string
		for _, state := range line.From {
			from = append(from, plain(state))
		}
		to := plain(line.To)
		if to == "" {
			to = "same"
		}
		if len(from) == 0 {
			from = []string{"–"}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", plain(line.Action), strings.Join(from, ", "), line.By, to)
	}
	return b.String()
}

// plain is a word of the program as people write it.
func plain[T ~string](word T) string { return strings.ReplaceAll(string(word), "_", " ") }
