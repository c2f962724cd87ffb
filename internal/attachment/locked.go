package attachment

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" // #nosec G501 -- the standard has no other, and nothing is kept secret by it here
	"crypto/rc4" // #nosec G503 -- likewise
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

var (
	// encrypted is the entry of a trailer that says how a document is encrypted.
	// Trailers are never compressed, so the entry can always be found.
	encrypted = regexp.MustCompile(`/Encrypt\s*(?:(\d+\s+\d+)\s+R|<<)`)
	identity  = regexp.MustCompile(`/ID\s*\[`)
)

// isLocked reports whether a document opens with a password only. One that anybody
// opens, and that merely asks programs not to print or change it, is encrypted too:
// with the empty password. What follows is that of ISO 32000-2, section 7.6. Small
// libraries such as ledongthuc/pdf know no revision after 4; pdfcpu knows all, with 134,000
// lines that read the whole of a document and refuse damaged ones that programs open.
func isLocked(content []byte) bool {
	found := encrypted.FindAllSubmatchIndex(content, -1)
	if len(found) == 0 {
		return false
	}
	last := found[len(found)-1]
	at := last[1] - len("<<")
	if last[2] >= 0 { // kept as an object of its own
		number := strings.Join(strings.Fields(string(content[last[2]:last[3]])), `\s+`)
		objects := regexp.MustCompile(`\b`+number+`\s+obj\b`).FindAllIndex(content, -1)
		if len(objects) == 0 {
			return true
		}
		at = objects[len(objects)-1][1]
	}
	l := lock{entries: entries(content[at:])}
	if ids := identity.FindAllIndex(content, -1); len(ids) > 0 {
		reader := pdfReader{content[ids[len(ids)-1][1]:]}
		l.id, _ = reader.next()
	}
	return l.entries["Filter"] != "Standard" || !l.opens()
}

// lock is how a document is encrypted.
type lock struct {
	entries map[string]string
	id      string // of the document
}

// Passwords of the older revisions are filled up with this, so that the empty one is
// all of it.
const padding = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// opens reports whether the empty password opens the document.
func (l lock) opens() bool {
	user := l.entries["U"]
	switch revision := l.entries["R"]; revision {
	case "2", "3", "4":
		return len(user) >= md5.Size && len(l.entries["O"]) >= len(padding) && strings.HasPrefix(user, l.olderUser(revision))
	case "5", "6":
		if len(user) < 48 {
			return false
		}
		sum := sha256.Sum256([]byte(user[32:40]))
		if revision == "6" {
			return string(hardened(sum[:])) == user[:32]
		}
		return string(sum[:]) == user[:32]
	}
	return false
}

// olderUser is what the entry U begins with when the user's password is empty
// (algorithms 2, 4 and 5).
func (l lock) olderUser(revision string) string {
	permissions, _ := strconv.ParseInt(l.entries["P"], 10, 64)
	in := binary.LittleEndian.AppendUint32([]byte(padding+l.entries["O"][:len(padding)]), uint32(permissions))
	in = append(in, l.id...)
	if revision == "4" && l.entries["EncryptMetadata"] == "false" {
		in = append(in, 0xff, 0xff, 0xff, 0xff)
	}
	sum := md5.Sum(in) // #nosec G401 -- as the standard says
	if revision == "2" {
		return string(scrambled([]byte(padding), sum[:5], 0))
	}
	length := 16
	if bits, err := strconv.Atoi(l.entries["Length"]); revision == "3" && err == nil && 40 <= bits && bits < 8*length {
		length = bits / 8
	}
	for range 50 {
		sum = md5.Sum(sum[:length]) // #nosec G401 -- likewise
	}
	begin := md5.Sum([]byte(padding + l.id)) // #nosec G401 -- likewise
	out := begin[:]
	for step := range byte(20) {
		out = scrambled(out, sum[:length], step)
	}
	return string(out)
}

// scrambled is a text under RC4, each byte of its key changed by a step.
func scrambled(text, key []byte, step byte) []byte {
	own := make([]byte, len(key))
	for i := range key {
		own[i] = key[i] ^ step
	}
	c, _ := rc4.NewCipher(own) // #nosec G405 -- as the standard says; keys of 5 to 16 bytes are never refused
	out := make([]byte, len(text))
	c.XORKeyStream(out, text)
	return out
}

// hardened is the hash of revision 6 for an empty password (algorithm 2.B).
func hardened(key []byte) []byte {
	for round := 0; ; round++ {
		text := bytes.Repeat(key, 64)
		block, _ := aes.NewCipher(key[:16])
		cipher.NewCBCEncrypter(block, key[16:32]).CryptBlocks(text, text)
		rest := 0
		for _, b := range text[:16] {
			rest += int(b) // 256 is 1 modulo 3
		}
		switch rest % 3 {
		case 0:
			sum := sha256.Sum256(text)
			key = sum[:]
		case 1:
			sum := sha512.Sum384(text)
			key = sum[:]
		default:
			sum := sha512.Sum512(text)
			key = sum[:]
		}
		if round >= 63 && int(text[len(text)-1]) <= round-31 {
			return key[:32]
		}
	}
}

// entries reads the entries of the dictionary with which a text begins, without
// lists and dictionaries in it.
func entries(text []byte) map[string]string {
	read, key, depth := map[string]string{}, "", 0
	for r := (pdfReader{text}); ; {
		value, kind := r.next()
		switch {
		case kind == 0:
			return read
		case kind == '<' || kind == '[':
			depth++
		case kind == '>' || kind == ']':
			depth--
			if depth <= 0 {
				return read
			}
			key = ""
		case depth != 1:
		case key != "":
			read[key], key = value, ""
		case kind == '/':
			key = value
		}
	}
}

// pdfReader reads the parts of a document one by one.
type pdfReader struct{ rest []byte }

const (
	pdfSpace = "\x00\t\n\f\r "
	pdfEnds  = pdfSpace + "()<>[]{}/%"
)

// next reads a part, which is of a kind: < > [ ] of what it begins or ends, / a name,
// ( a text, a a number or word, 0 the end of what can be read.
func (r *pdfReader) next() (value string, kind byte) {
	for r.rest = bytes.TrimLeft(r.rest, pdfSpace); len(r.rest) > 0 && r.rest[0] == '%'; r.rest = bytes.TrimLeft(r.rest, pdfSpace) {
		_, r.rest, _ = bytes.Cut(r.rest, []byte("\n")) // a comment
	}
	switch {
	case len(r.rest) == 0:
		return "", 0
	case bytes.HasPrefix(r.rest, []byte("<<")), bytes.HasPrefix(r.rest, []byte(">>")):
		kind, r.rest = r.rest[0], r.rest[2:]
	case r.rest[0] == '[', r.rest[0] == ']':
		kind, r.rest = r.rest[0], r.rest[1:]
	case r.rest[0] == '(':
		return r.literal(), '('
	case r.rest[0] == '<':
		digits, rest, _ := bytes.Cut(r.rest[1:], []byte(">"))
		r.rest = rest
		hexadecimal := strings.Join(strings.Fields(string(digits)), "")
		text, _ := hex.DecodeString(hexadecimal + strings.Repeat("0", len(hexadecimal)%2))
		return string(text), '('
	case r.rest[0] == '/':
		r.rest = r.rest[1:]
		return r.word(), '/'
	case strings.IndexByte(pdfEnds, r.rest[0]) < 0:
		return r.word(), 'a'
	}
	return "", kind
}

func (r *pdfReader) word() string {
	end := bytes.IndexAny(r.rest, pdfEnds)
	if end < 0 {
		end = len(r.rest)
	}
	word := r.rest[:end]
	r.rest = r.rest[end:]
	return string(word)
}

// escapes are what letters after a backslash stand for.
var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// literal reads a text in parentheses.
func (r *pdfReader) literal() string {
	var text []byte
	depth := 0
	for at := 0; at < len(r.rest); at++ {
		b := r.rest[at]
		switch {
		case b == '(':
			if depth++; depth == 1 {
				continue
			}
		case b == ')':
			if depth--; depth == 0 {
				r.rest = r.rest[at+1:]
				return string(text)
			}
		case b == '\\' && at+1 < len(r.rest):
			var used int
			b, used = escaped(r.rest[at+1:])
			at += used
			if b == '\n' && used > 0 && r.rest[at] == '\n' {
				continue // a text that goes on in the next line
			}
		}
		text = append(text, b)
	}
	r.rest = nil
	return string(text)
}

// escaped is what stands for a byte behind a backslash, and how long that is.
func escaped(rest []byte) (b byte, used int) {
	for used < 3 && used < len(rest) && '0' <= rest[used] && rest[used] <= '7' {
		b = b<<3 | rest[used] - '0'
		used++
	}
	if used > 0 {
		return b, used
	}
	if meant, ok := escapes[rest[0]]; ok {
		return meant, 1
	}
	return rest[0], 1
}
