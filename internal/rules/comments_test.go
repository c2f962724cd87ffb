package rules

import (
	"go/ast"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestExportedNamesAreExplained(t *testing.T) {
	t.Parallel()
	hold(t, explained)
}

func explained(f file, tell func(int, string)) {
	bare := func(line int, name string) {
		tell(line, name+" has no comment: say what comes in and out, units, errors, where a rule is from")
	}
	if f.isTempl() {
		bareComponents(f, bare)
	}
	if !f.isProgram() {
		return
	}
	for _, d := range f.syntax.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Doc == nil && d.Name.IsExported() && isReachable(d) {
				bare(f.line(d.Pos()), d.Name.Name)
			}
		case *ast.GenDecl:
			if d.Doc == nil || d.Lparen.IsValid() {
				bareNames(f, d, bare)
			}
		}
	}
}

// isReachable says whether a function is no method of an unexported type.
func isReachable(function *ast.FuncDecl) bool {
	if function.Recv == nil {
		return true
	}
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
			return e.IsExported()
		default:
			return true
		}
	}
}

// bareNames tells exported names of one declaration that neither they nor, for
// constants and variables, their group explain.
func bareNames(f file, d *ast.GenDecl, tell func(line int, name string)) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil {
				tell(f.line(s.Pos()), s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					tell(f.line(name.Pos()), name.Name)
				}
			}
		}
	}
}

var component = regexp.MustCompile(`^templ (?:\([^)]*\) )?([A-Z]\w*)\(`)

func bareComponents(f file, tell func(line int, name string)) {
	before := ""
	number := 0
	for line := range strings.Lines(f.text) {
		number++
		if m := component.FindStringSubmatch(line); m != nil && !strings.HasPrefix(before, "//") {
			tell(number, m[1])
		}
		before = line
	}
}

func TestPackagesAreExplained(t *testing.T) {
	t.Parallel()
	explained := make(map[string]bool)
	for _, f := range repository(t) {
		if f.isProgram() {
			folder := path.Dir(f.path)
			explained[folder] = explained[folder] || f.syntax.Doc != nil
		}
	}
	for folder, ok := range explained {
		if !ok {
			t.Errorf("%s: no file has a package comment: say what the package is and what it refuses to know", folder)
		}
	}
}
