package rules

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// Sizes above which code is no longer read in one go. Tests may take one more
// parameter, which is the test itself.
const (
	mostLines         = 70
	mostFileLines     = 400
	mostParameters    = 4
	mostMedian        = 13
	fewestComments    = 0.10
	mostComments      = 0.20
	mostTestParameter = mostParameters + 1
)

func TestFunctionsAreShort(t *testing.T) {
	t.Parallel()
	hold(t, shortFunctions)
}

func shortFunctions(f file, tell func(int, string)) {
	if !f.isWritten() {
		return
	}
	for _, function := range f.functions() {
		if n := f.length(function); n > mostLines {
			tell(f.line(function.Pos()), fmt.Sprintf("%s has %d lines, at most %d are allowed: split it by what it does", function.Name.Name, n, mostLines))
		}
	}
}

// length is the number of lines of a function, its comment aside.
func (f file) length(function *ast.FuncDecl) int {
	return f.line(function.End()) - f.line(function.Pos()) + 1
}

func TestHalfOfTheFunctionsAreTiny(t *testing.T) {
	t.Parallel()
	var lengths []int
	for _, f := range repository(t) {
		if f.isWritten() {
			for _, function := range f.functions() {
				lengths = append(lengths, f.length(function))
			}
		}
	}
	slices.Sort(lengths)
	if median := lengths[len(lengths)/2]; median > mostMedian {
		t.Errorf("half of all functions have %d lines or more, the rule is %d: let each do one thing", median, mostMedian)
	}
}

func TestParametersAreFew(t *testing.T) {
	t.Parallel()
	hold(t, fewParameters)
}

func fewParameters(f file, tell func(int, string)) {
	if !f.isWritten() {
		return
	}
	most := mostParameters
	if f.isTest() {
		most = mostTestParameter
	}
	for _, function := range f.functions() {
		if n := function.Type.Params.NumFields(); n > most {
			tell(f.line(function.Pos()), fmt.Sprintf("%s has %d parameters, at most %d are allowed: some of them are one value", function.Name.Name, n, most))
		}
	}
}

func TestFilesAreShort(t *testing.T) {
	t.Parallel()
	hold(t, shortFile)
}

func shortFile(f file, tell func(int, string)) {
	code := f.isWritten() || slices.Contains([]string{".templ", ".css", ".js", ".sql"}, path.Ext(f.path))
	if n := strings.Count(f.text, "\n"); code && n > mostFileLines {
		tell(n, fmt.Sprintf("the file has %d lines, at most %d are allowed: a file holds what one person does in one sitting", n, mostFileLines))
	}
}

// TestCommentsAreNeitherRareNorLoud counts lines that are nothing but a comment.
// Tests speak by their names and are not counted.
func TestCommentsAreNeitherRareNorLoud(t *testing.T) {
	t.Parallel()
	var comments, all int
	for _, f := range repository(t) {
		if f.isProgram() {
			all += f.lines.LineCount()
			comments += commentLines(f)
		}
	}
	if share := float64(comments) / float64(all); share < fewestComments || share > mostComments {
		t.Errorf("%d of %d lines are comments, %.1f %%; between %.0f and %.0f %% are wanted: say why, not what",
			comments, all, share*100, fewestComments*100, mostComments*100)
	}
}

func commentLines(f file) int {
	n := 0
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			start := f.lines.LineStart(f.line(c.Pos()))
			before := f.text[f.lines.Offset(start):f.lines.Offset(c.Pos())]
			if strings.TrimSpace(before) == "" {
				n += f.line(c.End()-1) - f.line(c.Pos()) + 1
			}
		}
	}
	return n
}
