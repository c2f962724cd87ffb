// Package locales carries the message files of the interface, one JSON file a
// language, named by its tag. It knows nothing of what is in them: package
// locale reads them.
package locales

import "embed"

// Files holds every <tag>.json: flat keys, in sorted order, each with a text or
// with the plural forms of one.
//
//go:embed *.json
var Files embed.FS
