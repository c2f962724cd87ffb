package attachment

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// endMark ends a PDF; endReach is how far from the end readers look for it, in
// bytes.
const (
	endMark  = "%%EOF"
	endReach = 1024
)

var (
	version   = regexp.MustCompile(`^%PDF-[12]\.\d`)
	reference = regexp.MustCompile(`startxref\s+\d+\s+%%EOF`)
	// encrypted is the entry of a trailer that names how a document is locked.
	// Trailers are never compressed, so it is seen wherever it is.
	encrypted = regexp.MustCompile(`/Encrypt\s*(?:\d+\s+\d+\s+R|<<)`)
)

// document takes a PDF as it is. It is not looked into any further: whoever
// opens it does so outside the browser's page of this site.
func document(content []byte) (File, error) {
	last := bytes.LastIndex(content, []byte(endMark))
	switch {
	case !version.Match(content), last < 0:
		return File{}, Broken
	case len(bytes.Trim(content[last+len(endMark):], "\x00\t\n\f\r ")) > 0:
		return File{}, Mixed // something has been hung on
	case !reference.Match(content[max(0, last-endReach):]):
		return File{}, Broken
	case encrypted.Match(content):
		return File{}, Encrypted
	}
	return newFile(PDF, content), nil
}

// maxName bounds the name of a document, in characters: a line of a list.
const maxName = 120

// Name is what a document is called, made of the name that its file had on
// somebody's machine, without its ending. It may be empty.
func Name(filename string) string {
	name := Shown(filename)
	if ending := ".pdf"; len(name) >= len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending) {
		name = strings.TrimSpace(name[:len(name)-len(ending)])
	}
	return name
}

// Shown is the name of a file on somebody's machine, fit to be shown: no
// folders, nothing that cannot be seen or that turns the direction of writing.
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
