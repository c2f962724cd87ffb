// Package migrations embeds the migrations of the database, in goose format. It does
// not know how they are run.
package migrations

import "embed"

// Files holds the migrations, which are applied in the order of their names.
//
//go:embed *.sql
var Files embed.FS
