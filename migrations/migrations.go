// Package migrations holds the steps that make the database, in goose format,
// embedded in the program. It knows nothing of how they are run.
package migrations

import "embed"

// Files are the migrations, by name in the order in which they are applied.
//
//go:embed *.sql
var Files embed.FS
