package attachment

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// endMark ends a PDF; endReach is how far from the end programs look for it, in
// bytes.
const (
	endMark  = "%%EOF"
	endReach = 1024
)

var (
	version   = regexp.MustCompile(`^%PDF-[12]\.\d`)
	reference = regexp.MustCompile(`startxref\s+\d+\s+%%EOF`)
	// encrypted is the entry of a trailer that says how a document is encrypted.
	// Trailers are never compressed, so the entry can always be found.
	encrypted = regexp.MustCompile(`/Encrypt\s*(?:\d+\s+\d+\s+R|<<)`)
)

// document accepts a PDF unchanged. Its contents are not checked any further, since
// it is opened outside this site's pages.
func document(content []byte) (File, error) {
	last := bytes.LastIndex(content, []byte(endMark))
	switch {
	case !version.Match(content), last < 0:
		return File{}, Broken
	case len(bytes.Trim(content[last+len(endMark):], "\x00\t\n\f\r ")) > 0:
		return File{}, Mixed // something was appended
	case !reference.Match(content[max(0, last-endReach):]):
		return File{}, Broken
	case encrypted.Match(content):
		return File{}, Encrypted
	}
	return newFile(PDF, content), nil
}

// maxName limits the name of a document in characters, to one line of a list.
const maxName = 120

// Name returns the name for a document, made of its uploaded file's name without
// ".pdf". It may be empty.
func Name(filename string) string {
	name := Shown(filename)
	if ending := ".pdf"; len(name) >= len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending) {
		name = strings.TrimSpace(name[:len(name)-len(ending)])
	}
	return name
}

// Shown returns an uploaded file's name made safe for display: without folders,
// invisible characters or marks that change the direction of writing, and with at
// most 120 characters.
func Shown(filename string) string {
	filename = strings.ToValidUTF8(filename, "")
	filename = filename[strings.LastIndexAny(filename, `/\`)+1:]
	name := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '_':
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, filename)
	letters := []rune(strings.Join(strings.Fields(name), " "))
	return strings.TrimSpace(string(letters[:min(len(letters), maxName)]))
}
