package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// root is the top of the repository, seen from this package.
const root = "../.."

// Folders with third-party content, and extensions of files written by people.
// Files without an extension, such as Makefile, count as written by people; logs and
// binaries in a working copy do not.
var (
	foreign = []string{"bin", "build", "node_modules"}
	endings = []string{"", ".css", ".go", ".html", ".js", ".json", ".md", ".mod", ".sh", ".sql", ".sum", ".svg", ".templ", ".yaml", ".yml"}
)

// file is one text file of the repository. Syntax and lines are known of Go only.
type file struct {
	path, text string
	syntax     *ast.File
	lines      *token.File
}

// rule looks at one file and tells its breaches: the line, what is wrong there
// and what to do about it.
type rule func(f file, tell func(line int, breach string))

// hold fails the test for every breach of a rule in the repository.
func hold(t *testing.T, r rule) {
	t.Helper()
	for _, f := range repository(t) {
		r(f, func(line int, breach string) {
			t.Helper()
			t.Errorf("%s:%d: %s", f.path, line, breach)
		})
	}
}

func repository(t *testing.T) []file {
	t.Helper()
	files, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// read is done once for all rules.
var read = sync.OnceValues(func() (files []file, err error) {
	top := os.DirFS(root)
	err = fs.WalkDir(top, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isForeign(entry.Name()):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !slices.Contains(endings, path.Ext(name)):
			return nil
		}
		text, err := fs.ReadFile(top, name)
		if err != nil || !utf8.Valid(text) || strings.Contains(string(text), "\x00") {
			return err
		}
		f, err := newFile(name, string(text))
		files = append(files, f)
		return err
	})
	return files, err
})

func isForeign(folder string) bool {
	hidden := strings.HasPrefix(folder, ".") && folder != "." && folder != ".ci"
	return hidden || slices.Contains(foreign, folder)
}

func newFile(name, text string) (file, error) {
	f := file{path: name, text: text}
	if path.Ext(name) != ".go" {
		return f, nil
	}
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err == nil {
		f.syntax, f.lines = syntax, set.File(syntax.FileStart)
	}
	return f, err
}

// name is the folder as the tables of this package write it: without "internal/".
func (f file) name() string { return strings.TrimPrefix(path.Dir(f.path), "internal/") }

func (f file) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// isWritten says whether people wrote this Go file, tests included.
func (f file) isWritten() bool { return f.syntax != nil && !ast.IsGenerated(f.syntax) }

// isProgram says whether people wrote this Go file for the program itself.
func (f file) isProgram() bool { return f.isWritten() && !f.isTest() }

func (f file) isTempl() bool { return path.Ext(f.path) == ".templ" }

func (f file) line(pos token.Pos) int { return f.lines.Line(pos) }

// lineAt is the line of a byte of the text.
func (f file) lineAt(offset int) int { return 1 + strings.Count(f.text[:offset], "\n") }

// functions are the declared functions and methods of a Go file.
func (f file) functions() []*ast.FuncDecl {
	var found []*ast.FuncDecl
	for _, d := range f.syntax.Decls {
		if function, ok := d.(*ast.FuncDecl); ok {
			found = append(found, function)
		}
	}
	return found
}

// each calls visit for every node of one kind in a Go file.
func each[N ast.Node](f file, visit func(N)) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if node, ok := n.(N); ok {
			visit(node)
		}
		return true
	})
}

// isName says whether an expression is pkg.name, as written.
func isName(e ast.Expr, pkg, name string) bool {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != name {
		return false
	}
	left, ok := selector.X.(*ast.Ident)
	return ok && left.Name == pkg
}
