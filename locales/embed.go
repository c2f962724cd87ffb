// Package locales embeds the message files of the interface, one JSON file per
// language, named by its tag. Package locale reads them.
package locales

import "embed"

// Files holds every <tag>.json: an object with sorted keys, each with a text or an
// object of plural forms.
//
//go:embed *.json
var Files embed.FS

// Concepts holds concepts/<tag>.json: an object with the words of each concept of
// package thesaurus, the usual one first.
//
//go:embed concepts/*.json
var Concepts embed.FS

// Places holds places/<tag>.json: an object with the names of each city of the
// sample catalogue, the usual one first.
//
//go:embed places/*.json
var Places embed.FS
