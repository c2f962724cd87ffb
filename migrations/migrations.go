// Package migrations embeds the migrations of the database, in goose format. It does
// not know how they are run.
package migrations

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
)

// Files holds the migrations, which are applied in the order of their names.
//
//go:embed *.sql
var Files embed.FS

// Newest is the highest number of migrations, which their names begin with; 0 for none.
func Newest(steps fs.FS) (newest int64) {
	names, _ := fs.Glob(steps, "*.sql") // fails only on a malformed pattern
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		n, _ := strconv.ParseInt(number, 10, 64)
		newest = max(newest, n)
	}
	return newest
}
