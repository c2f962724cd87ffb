package citation

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Format is a kind of file that reference managers read.
type Format struct {
	Name      string // as people know it
	Extension string // of the address and of the file
	Type      string // media type
	Write     func(Work) string
}

// Formats lists the formats in the order in which pages offer them.
var Formats = []Format{
	{"BibTeX", "bib", "application/x-bibtex; charset=utf-8", Work.BibTeX},
	{"RIS", "ris", "application/x-research-info-systems; charset=utf-8", Work.RIS},
	{"CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", Work.CSL},
}

// BibTeX is the entry for LaTeX. Titles and authors are in two pairs of braces, so that
// letters keep their case and an office is not read as a first and a last name.
func (w Work) BibTeX() string {
	var b strings.Builder
	b.WriteString("@misc{" + w.Slug)
	field := func(name, value string) {
		if value != "" {
			b.WriteString(",\n  " + name + " = {" + value + "}")
		}
	}
	field("author", "{"+latex(w.Author)+"}")
	field("title", "{"+latex(w.Title)+"}")
	if !w.Published.IsZero() {
		field("year", w.Published.UTC().Format("2006"))
		field("date", day(w.Published))
	}
	field("howpublished", latex(w.Site))
	field("url", w.URL)
	field("urldate", day(w.Read))
	field("language", string(w.Language))
	if w.Original != "" {
		field("origtitle", "{"+latex(w.Original)+"}")
		field("origlanguage", string(w.OriginalLanguage))
	}
	b.WriteString("\n}\n")
	return b.String()
}

// special are the signs that mean something to LaTeX. BibTeX counts every brace, even
// an escaped one, so that one alone has to be named.
var special = map[rune]string{'\\': `\textbackslash{}`, '{': `\textbraceleft{}`, '}': `\textbraceright{}`, '$': `\$`, '&': `\&`, '#': `\#`, '_': `\_`, '%': `\%`,
	'~': `\textasciitilde{}`, '^': `\textasciicircum{}`,
	'ß': `{\ss}`, 'ø': `{\o}`, 'Ø': `{\O}`, 'æ': `{\ae}`, 'Æ': `{\AE}`, 'œ': `{\oe}`, 'Œ': `{\OE}`, 'ł': `{\l}`, 'Ł': `{\L}`}

// accents are the commands of LaTeX for marks over and under Latin letters.
var accents = map[rune]string{'\u0300': "`", '\u0301': `'`, '\u0302': `^`, '\u0303': `~`, '\u0304': `=`, '\u0306': `u`, '\u0307': `.`,
	'\u0308': `"`, '\u030a': `r`, '\u030b': `H`, '\u030c': `v`, '\u0327': `c`, '\u0328': `k`}

// latex writes a value so that LaTeX prints it: accents of Latin letters as commands,
// which every BibTeX sorts, other scripts as they are, for the engines that read them.
func latex(value string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(value) {
		if plain, ok := special[r]; ok {
			b.WriteString(plain)
			continue
		}
		parts := []rune(norm.NFD.String(string(r)))
		command, known := "", false
		if len(parts) == 2 && parts[0] <= unicode.MaxASCII {
			command, known = accents[parts[1]]
		}
		if known {
			b.WriteString(`{\` + command + `{` + string(parts[0]) + `}}`)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// RIS is the record for Zotero, EndNote and others. A value is one line; lines end as on
// Windows, as the format asks.
func (w Work) RIS() string {
	var b strings.Builder
	line := func(tag, value string) {
		if value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", "ELEC")
	// A comma would part a last from a first name, and an asterisk is not allowed.
	line("AU", strings.NewReplacer(", ", " – ", ",", " – ", "*", " ").Replace(w.Author))
	line("TI", w.Title)
	line("OP", w.Original) // "original publication": there is no tag for a title alone
	if !w.Published.IsZero() {
		line("PY", w.Published.UTC().Format("2006"))
		line("DA", w.Published.UTC().Format("2006/01/02"))
	}
	line("PB", w.Site)
	line("LA", string(w.Language))
	line("UR", w.URL)
	line("Y2", w.Read.UTC().Format("2006/01/02"))
	b.WriteString("ER  - \r\n")
	return b.String()
}

// cslItem is an item of the Citation Style Language, version 1.0.2.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Original  string    `json:"original-title,omitempty"`
	Author    []cslName `json:"author"`
	Container string    `json:"container-title"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Language  string    `json:"language,omitempty"`
	URL       string    `json:"URL"`
}

type cslName struct {
	Literal string `json:"literal"` // an office, which has no first name
}

type cslDate struct {
	Parts [][3]int `json:"date-parts"`
}

// CSL is the item as JSON, for programs that cite in thousands of styles.
func (w Work) CSL() string {
	item := cslItem{ID: w.Slug, Type: "webpage", Title: w.Title, Original: w.Original, Author: []cslName{{w.Author}},
		Container: w.Site, Issued: cslDay(w.Published), Accessed: cslDay(w.Read), Language: string(w.Language), URL: w.URL}
	text, err := json.MarshalIndent([]cslItem{item}, "", "  ")
	if err != nil {
		return "[]" // only values that cannot be marshalled fail, and there are none
	}
	return string(text) + "\n"
}

func cslDay(t time.Time) *cslDate {
	if t.IsZero() {
		return nil
	}
	year, month, day := t.UTC().Date()
	return &cslDate{[][3]int{{year, int(month), day}}}
}

// day is a day as ISO 8601 writes it; empty for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// Tag is an element meta of a page.
type Tag struct{ Name, Content string }

// Tags are the elements by which Zotero and Google Scholar read a page.
func (w Work) Tags() []Tag {
	tags := []Tag{{"citation_title", w.Title}, {"citation_author", w.Author}, {"citation_publisher", w.Site},
		{"citation_language", string(w.Language)}, {"citation_public_url", w.URL}}
	if !w.Published.IsZero() {
		tags = append(tags, Tag{"citation_publication_date", w.Published.UTC().Format("2006/01/02")})
	}
	return tags
}
