package rules

import (
	"fmt"
	"go/ast"
	"path"
	"strings"
	"testing"
)

// Sizes above which a folder or a type is no room any more but a hall, where a
// newcomer has to know what to look for. The store may have more files, because
// one transaction runs through all it writes.
const (
	mostFiles      = 30
	mostStoreFiles = 50
	mostMethods    = 40
)

func TestFoldersAreNotCrowded(t *testing.T) {
	t.Parallel()
	for folder, n := range crowded(repository(t)) {
		t.Errorf("%s has %d files beside its tests: part it by who it is for or by what it does", folder, n)
	}
}

// crowded counts the files of the folders that have too many. Tests and generated
// files do not count.
func crowded(files []file) map[string]int {
	counts := map[string]int{}
	for _, f := range files {
		if !f.isTest() && !f.isGenerated() {
			counts[f.name()]++
		}
	}
	for folder, n := range counts {
		if n <= mostFiles || folder == "store" && n <= mostStoreFiles {
			delete(counts, folder)
		}
	}
	return counts
}

// isGenerated says whether a program wrote the file.
func (f file) isGenerated() bool { return f.syntax != nil && ast.IsGenerated(f.syntax) }

func TestTypesDoNotDoEverything(t *testing.T) {
	t.Parallel()
	for name, n := range overloaded(repository(t)) {
		t.Errorf("%s has %d methods: part it by subject", name, n)
	}
}

// overloaded counts the methods of the types that have too many, by folder and
// name.
func overloaded(files []file) map[string]int {
	counts := map[string]int{}
	for _, f := range files {
		if !f.isProgram() {
			continue
		}
		for _, function := range f.functions() {
			if function.Recv != nil {
				counts[f.name()+"."+receiver(function)]++
			}
		}
	}
	for name, n := range counts {
		if n <= mostMethods {
			delete(counts, name)
		}
	}
	return counts
}

// receiver is the name of the type that a method belongs to.
func receiver(function *ast.FuncDecl) string {
	of := function.Recv.List[0].Type
	for {
		switch e := of.(type) {
		case *ast.StarExpr:
			of = e.X
		case *ast.IndexExpr:
			of = e.X
		case *ast.IndexListExpr:
			of = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

// leastTested is how many lines of tests there are at least for each line of the
// program. Blank lines and comments do not count.
const leastTested = 0.9

func TestTestsKeepUpWithTheProgram(t *testing.T) {
	t.Parallel()
	program, tests := codeLines(repository(t))
	if share := float64(tests) / float64(program); share < leastTested {
		t.Errorf("%d lines of tests for %d of the program, %.2f; %.1f are wanted: test what a user would miss", tests, program, share, leastTested)
	}
}

// codeLines counts the lines that are neither blank nor comments, of the program
// and of tests.
func codeLines(files []file) (program, tests int) {
	for _, f := range files {
		switch {
		case !f.isWritten():
		case f.isTest():
			tests += f.codeLines()
		default:
			program += f.codeLines()
		}
	}
	return program, tests
}

func (f file) codeLines() int {
	n := 0
	for line := range strings.Lines(f.text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n - commentLines(f)
}

// TestRoomsAreSharp shows each of these rules what breaks it and what just does
// not.
func TestRoomsAreSharp(t *testing.T) {
	t.Parallel()
	files := func(folder string, n int) []file {
		var list []file
		for i := range n {
			list = append(list, file{path: path.Join(folder, fmt.Sprint("f", i, ".sql"))}, file{path: path.Join(folder, fmt.Sprint("f", i, "_test.go"))})
		}
		return list
	}
	for folder, most := range map[string]int{"internal/x": mostFiles, "internal/store": mostStoreFiles} {
		if len(crowded(files(folder, most))) != 0 || len(crowded(files(folder, most+1))) != 1 {
			t.Errorf("%s: a folder with too many files is not found, or one with just enough is", folder)
		}
	}
	methods := func(n int) []file {
		f, err := newFile("internal/x/x.go", "package x\n"+strings.Repeat("func (x *A) b() {}\nfunc (x C[T]) d() {}\n", n))
		if err != nil {
			t.Fatal(err)
		}
		return []file{f}
	}
	if len(overloaded(methods(mostMethods))) != 0 || len(overloaded(methods(mostMethods+1))) != 2 {
		t.Error("a type with too many methods is not found, or one with just enough is")
	}
	code, err := newFile("x.go", "package x\n\n// A.\nvar a = 1 // b\n/* c\nd */\nvar e = `f\n\ng`\n")
	if err != nil {
		t.Fatal(err)
	}
	if n := code.codeLines(); n != 4 {
		t.Errorf("%d lines of code were counted, want 4", n)
	}
}
