package attachment

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// mark begins a PDF and endMark ends it; endReach is how far from the end programs
// look for that, in bytes.
const (
	mark     = "%PDF-"
	endMark  = "%%EOF"
	endReach = 1024
)

var (
	version   = regexp.MustCompile(`^%PDF-[12]\.\d`)
	reference = regexp.MustCompile(`startxref\s+\d+\s+%%EOF`)
	// leftovers are what programs leave around a document, which readers pass over:
	// space, the end mark of DOS, the mark of UTF-8, comments, and lines for transport and printers.
	leftovers = regexp.MustCompile(`^(?:[\x00\x1a\s]|\x{feff}|%[^!\n\r\pC][^\n\r\pC]*|\x1b%-12345X|@PJL[^\n\r\pC]*|--[\w-]+|(?:HTTP/|Content-)[^\n\r\pC]*(?:\r?\n[\w-]+: [^\n\r\pC]*)*)*$`)
	// greetings are what mail programs and drivers leave before a document besides, and
	// readers pass over: words and control characters, with no sign of which scripts are made.
	greetings = regexp.MustCompile(`^[\pL\pM\pN\s\x00-\x1f.,:;!?'’–-]*$`)
)

// isLeftover reports whether a part beside a document is no file of its own.
func isLeftover(part []byte) bool {
	part = bytes.Trim(part, pdfSpace) // disks fill files up with much of it
	return len(part) <= endReach && leftovers.Match(part) && !isPage(part)
}

// isGreeting reports whether a part before a document is no file of its own, but a few
// words or control characters.
func isGreeting(part []byte) bool {
	if !greetings.Match(part) || textFault(part) != PlainText && textFault(part) != Unknown {
		return false
	}
	return !slices.ContainsFunc(kinds, func(k kind) bool {
		const unmistakable = 4 // shorter ones stand in words
		at := bytes.Index(part, []byte(k.sign))
		return at >= 0 && (at == k.at || len(k.sign) >= unmistakable)
	})
}

// documentAt returns where a document begins; browsers look that far too.
func documentAt(content []byte) int {
	if at := bytes.Index(head(content), []byte(mark)); at > 0 && (isLeftover(content[:at]) || isGreeting(content[:at])) {
		return at
	}
	return 0
}

// document accepts a PDF unchanged. Its contents are not checked any further, since
// it is opened outside this site's pages.
func document(content []byte) (File, error) {
	last := bytes.LastIndex(content, []byte(endMark))
	switch {
	case !version.Match(content[documentAt(content):]), last < 0:
		return File{}, Broken
	case !isLeftover(content[last+len(endMark):]):
		return File{}, Mixed // something was appended
	case !reference.Match(content[max(0, last-endReach):]):
		return File{}, Broken
	case isLocked(content):
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
