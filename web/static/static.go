// Package static holds the files that pages refer to: the styles, the scripts
// and the icon. Their names carry a hash of the content, so that browsers may
// keep them for a year, and each is compressed once, when it is first asked for.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"mime"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
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
	Name    string // with its hash: "style.0123456789ab.css"
	Type    string // media type
	hash    string
	Content []byte
	Brotli  func() []byte // smaller than gzip by a seventh, which some do not read
	Gzip    func() []byte
}

// Tag is the file's entity tag. It is a weak one, because it stays the same when the
// file is compressed.
func (f *File) Tag() string { return `W/"` + f.hash + `"` }

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
	hash := hex.EncodeToString(sum[:])[:hashLength]
	extension := path.Ext(plain)
	content = slices.Clip(content)
	return &File{Name: strings.TrimSuffix(plain, extension) + "." + hash + extension, Type: mime.TypeByExtension(extension), hash: hash, Content: content,
		Brotli: sync.OnceValue(func() []byte {
			var out bytes.Buffer
			return written(&out, brotli.NewWriterLevel(&out, brotli.BestCompression), content)
		}),
		Gzip: sync.OnceValue(func() []byte {
			var out bytes.Buffer
			zip, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
			return written(&out, zip, content)
		})}
}

// written is what a compressor leaves in out.
func written(out *bytes.Buffer, compressor io.WriteCloser, content []byte) []byte {
	compressor.Write(content)
	compressor.Close()
	return out.Bytes()
}

// Path is the address of a file known by its plain name, such as "style.css".
// It panics when there is no such file: that is a mistake in a page.
func Path(plain string) string { return Prefix + byPlain[plain].Name }

// Find returns the file with a hashed name.
func Find(name string) (*File, bool) {
	file, ok := byName[name]
	return file, ok
}
