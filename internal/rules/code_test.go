package rules

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestValuesNotBags(t *testing.T) {
	t.Parallel()
	hold(t, noBags)
}

func noBags(f file, tell func(int, string)) {
	if !f.isProgram() {
		return
	}
	each(f, func(m *ast.MapType) {
		key, ok := m.Key.(*ast.Ident)
		if ok && key.Name == "string" && isAnything(m.Value) {
			tell(f.line(m.Pos()), "a map from string to anything is a bag: make it a struct")
		}
	})
}

func isAnything(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "any"
	case *ast.InterfaceType:
		return e.Methods.NumFields() == 0
	}
	return false
}

func TestContextCarriesTheLanguageOnly(t *testing.T) {
	t.Parallel()
	hold(t, leanContext)
}

func leanContext(f file, tell func(int, string)) {
	if !f.isProgram() || f.name() == "locale" {
		return
	}
	each(f, func(s *ast.SelectorExpr) {
		if isName(s, "context", "WithValue") {
			tell(f.line(s.Pos()), "only internal/locale puts a value into the context: pass this one as a parameter")
		}
	})
}

// statement is how a string with SQL begins. What follows the verb is asked for
// too, since "create folder" or "update" may begin an honest sentence.
var statement = regexp.MustCompile(`(?i)^\s*(select\s+\S|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|truncate\s|with\s+\w+\s+as\s*\(|` +
	`(create|alter|drop)\s+(or\s+replace\s+)?(unique\s+)?(table|index|view|materialized|extension|database|role|schema|function|trigger|type|sequence)\s)`)

// Packages and files that hold SQL.
var (
	speakers  = []string{"store", "migrations", "testdb"}
	bootstrap = "internal/localpg/cluster.go" // makes the database that the store then connects to
)

func TestSQLIsInTheStoreOnly(t *testing.T) {
	t.Parallel()
	hold(t, noSQL)
}

func noSQL(f file, tell func(int, string)) {
	if !f.isProgram() || slices.Contains(speakers, f.name()) || f.path == bootstrap {
		return
	}
	each(f, func(l *ast.BasicLit) {
		if l.Kind == token.STRING && statement.MatchString(strings.Trim(l.Value, "`\"")) {
			tell(f.line(l.Pos()), "SQL stands in internal/store only: give the store a method that is named for what is wanted")
		}
	})
}

// imposed is the one name that a library's interface asks for.
const imposed = "cmd/exempla/tls.go Get"

func TestNoGet(t *testing.T) {
	t.Parallel()
	hold(t, noGet)
}

var get = regexp.MustCompile(`^[Gg]et(\p{Lu}|$)`)

func noGet(f file, tell func(int, string)) {
	if !f.isProgram() {
		return
	}
	for _, function := range f.functions() {
		if get.MatchString(function.Name.Name) && f.path+" "+function.Name.Name != imposed {
			tell(f.line(function.Pos()), function.Name.Name+" is named by its noun, without Get")
		}
	}
}

func TestTestsNeverSkip(t *testing.T) {
	t.Parallel()
	hold(t, neverSkip)
}

func neverSkip(f file, tell func(int, string)) {
	if !f.isTest() {
		return
	}
	each(f, func(c *ast.CallExpr) {
		s, ok := c.Fun.(*ast.SelectorExpr)
		if ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, s.Sel.Name) {
			tell(f.line(s.Sel.Pos()), "a test that skips hides what is not tested: let it fail and say what is missing")
		}
	})
}

// sleepers are the tests that may sleep, each with its reason. None needs to yet.
var sleepers = map[string]string{}

func TestTestsNeverSleep(t *testing.T) {
	t.Parallel()
	hold(t, neverSleep)
}

func neverSleep(f file, tell func(int, string)) {
	if !f.isTest() || sleepers[f.path] != "" {
		return
	}
	each(f, func(s *ast.SelectorExpr) {
		if isName(s, "time", "Sleep") {
			tell(f.line(s.Pos()), "a test that sleeps is slow or lucky: wait for the event, use testing/synctest, or name the file in sleepers with the reason")
		}
	})
}
