// Package static holds the files that pages refer to: the styles, the scripts
// and the icon. Their names carry a hash of the content, so that browsers may
// keep them for a year, and they are compressed once, when the program starts.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"path"
	"slices"
	"strings"
)

//go:embed *.css style/*.css work/*.css *.js *.svg
var files embed.FS

// Prefix is where the files live in the site.
const Prefix = "/static/"

// hashLength is how many hexadecimal digits of the content's hash a name
// carries: 48 bits, far beyond chance for a handful of files.
const hashLength = 12

// File is one file, ready to be sent.
type File struct {
	Name       string // with its hash: "style.0123456789ab.css"
	Type       string // media type
	Content    []byte
	Compressed []byte // gzip
}

var (
	byPlain = map[string]*File{}
	byName  = map[string]*File{}
)

func init() {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the embedded folder is part of the program
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			add(entry.Name(), read(entry.Name()))
		}
	}
	for name, parts := range sheets {
		add(name, join(name, parts))
	}
}

func add(plain string, content []byte) {
	switch path.Ext(plain) {
	case ".css":
		content = compact(content)
	case ".js":
		content = margin.ReplaceAll(content, nil)
	}
	file := newFile(plain, content)
	byPlain[plain] = file
	byName[file.Name] = file
}

func read(name string) []byte {
	content, err := files.ReadFile(name)
	if err != nil {
		panic(err) // a name in this package is wrong
	}
	return content
}

func newFile(plain string, content []byte) *File {
	sum := sha256.Sum256(content)
	extension := path.Ext(plain)
	name := strings.TrimSuffix(plain, extension) + "." + hex.EncodeToString(sum[:])[:hashLength] + extension
	var compressed bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	zip.Write(content)
	zip.Close()
	return &File{name, mime.TypeByExtension(extension), slices.Clip(content), compressed.Bytes()}
}

// Path is the address of a file known by its plain name, such as "style.css".
// It panics when there is no such file: that is a mistake in a page.
func Path(plain string) string { return Prefix + byPlain[plain].Name }

// Find returns the file with a hashed name.
func Find(name string) (*File, bool) {
	file, ok := byName[name]
	return file, ok
}
