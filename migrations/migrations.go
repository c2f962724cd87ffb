// Package migrations embeds the migrations of the database, in goose format. It does
// not know how they are run.
package migrations

import (
	"embed"
	"strconv"
	"strings"
)

// Files holds the migrations, which are applied in the order of their names.
//
//go:embed *.sql
var Files embed.FS

// Newest is the number of the last migration.
func Newest() int64 {
	list, _ := Files.ReadDir(".") // what is embedded can be listed
	number, _, _ := strings.Cut(list[len(list)-1].Name(), "_")
	n, _ := strconv.ParseInt(number, 10, 64)
	return n
}
