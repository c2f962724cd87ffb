package rules

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// projectFiles stand in the root because people and tools look for them there;
// each with something that it has to say.
var projectFiles = map[string]string{
	"CONTRIBUTING.md": "No licence has been chosen yet",
	"SECURITY.md":     "report it privately",
	"CHANGELOG.md":    "## [Unreleased]",
	"NOTICE":          "internal/locale/cldr.json",
	".editorconfig":   "root = true",
	".gitattributes":  "*_templ.go linguist-generated",
}

func TestProjectFilesAreThere(t *testing.T) {
	t.Parallel()
	for name, words := range projectFiles {
		if !strings.Contains(text(t, name), words) {
			t.Errorf("%s: %q is not in it", name, words)
		}
	}
}

// TestNoticeNamesData looks for the holders and the path of each file whose data
// are the work of others.
func TestNoticeNamesData(t *testing.T) {
	t.Parallel()
	notice := text(t, "NOTICE")
	for name, holder := range map[string]string{
		"internal/signin/common.txt":     "Copyright (c) 2021 @zxcvbn-ts",
		"internal/locale/cldr.json":      "Unicode, Inc.",
		"internal/sample/practices.json": "Council of Europe",
		"internal/gazetteer/cities.zst":  "GeoNames",
	} {
		text(t, name)
		if !strings.Contains(notice, name) || !strings.Contains(notice, holder) {
			t.Errorf("NOTICE: %s or %q is not named", name, holder)
		}
	}
}

// marked are the patterns that .gitattributes marks as generated.
func marked(t *testing.T) (patterns []string) {
	t.Helper()
	for line := range strings.Lines(text(t, ".gitattributes")) {
		if pattern, rest, _ := strings.Cut(strings.TrimSpace(line), " "); rest == "linguist-generated" {
			patterns = append(patterns, pattern)
		}
	}
	return patterns
}

// covers says whether a pattern without a slash matches the last part of a path,
// and one with a slash all of it, as git does.
func covers(pattern, name string) bool {
	if !strings.Contains(pattern, "/") {
		name = path.Base(name)
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func TestGeneratedFilesAreMarked(t *testing.T) {
	t.Parallel()
	patterns := marked(t)
	used := map[string]bool{}
	for _, f := range repository(t) {
		generated := f.syntax != nil && ast.IsGenerated(f.syntax)
		at := slices.IndexFunc(patterns, func(pattern string) bool { return covers(pattern, f.path) })
		switch {
		case at >= 0:
			used[patterns[at]] = true
			if f.isWritten() {
				t.Errorf("%s: .gitattributes calls it generated, but it does not say so itself", f.path)
			}
		case generated:
			t.Errorf("%s: it is generated: mark it in .gitattributes", f.path)
		}
	}
	for _, pattern := range patterns {
		if !used[pattern] {
			t.Errorf(".gitattributes: %s matches no file: take it out", pattern)
		}
	}
}

func TestPatternsOfGitAttributes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"*_templ.go", "web/page/browse_templ.go", true}, {"*_templ.go", "web/page/browse.go", false},
		{"go.sum", "go.sum", true}, {"a/b.json", "a/b.json", true}, {"a/b.json", "c/a/b.json", false}, {"a/*.json", "a/b/c.json", false},
	} {
		if covers(c.pattern, c.name) != c.want {
			t.Errorf("%s covers %s: %v", c.pattern, c.name, !c.want)
		}
	}
}

func TestFilesKeepToTheEditorConfig(t *testing.T) {
	t.Parallel()
	hold(t, evenLines)
}

// trailing is white space before the end of a line; spaced, an indent by spaces
// in a language that is indented by tabs.
var (
	trailing = regexp.MustCompile(`(?m)[ \t]+$`)
	tabbed   = []string{".go", ".templ", ".mod"}
	spaced   = []string{".css", ".js", ".json", ".sql", ".md"}
)

func evenLines(f file, tell func(int, string)) {
	if f.syntax != nil && ast.IsGenerated(f.syntax) || strings.Contains(f.path, "/testdata/") || f.path == "NOTICE" || f.text == "" {
		return
	}
	find(f, regexp.MustCompile(`\r`), tell, "lines end with LF alone")
	if !strings.HasSuffix(f.text, "\n") && path.Base(f.path) != "cldr.json" {
		tell(f.lineAt(len(f.text)), "the last line has no end")
	}
	if !slices.Contains(tabbed, path.Ext(f.path)) { // gofmt and templ fmt see to theirs
		find(f, trailing, tell, "white space at the end of a line")
	}
	if slices.Contains(spaced, path.Ext(f.path)) {
		find(f, regexp.MustCompile(`(?m)^\t`), tell, "an indent is two spaces here")
	}
}
