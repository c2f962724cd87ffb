package pdf

import (
	"slices"
	"strings"
	"unicode"
)

// Missing stands for characters without a font.
const Missing = "[…]"

// mending replaces what cannot be shown in the texts of a document.
type mending struct {
	*faces
	missing []string // languages of texts with characters for which there is no font
}

// mend writes Missing for what has no font, and returns the languages of these texts.
func (f *faces) mend(d *Document) []string {
	m := mending{faces: f}
	m.blocks(d.Blocks, d.Voice)
	return m.missing
}

func (m *mending) blocks(list []Block, around Voice) {
	for i := range list {
		b := &list[i]
		voice := b.Voice.or(around)
		m.spans(b.Text, voice)
		m.blocks(b.Body, voice)
		for _, item := range b.Items {
			m.blocks(item.Body, voice)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				m.spans(cell, voice)
			}
		}
		for i := range b.Entries {
			m.text(&b.Entries[i].Text, b.Entries[i].Voice.or(voice))
		}
	}
}

func (m *mending) spans(list []Span, voice Voice) {
	for i := range list {
		m.text(&list[i].Text, voice)
	}
}

func (m *mending) text(text *string, voice Voice) {
	m.language = voice.Language
	var b strings.Builder
	gap := false
	for _, r := range *text {
		switch {
		case r == '\n', r == '\u00a0', r == '\u202f': // spaces at which no line ends
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r), r == '\ufeff':
		case invisible(r):
			b.WriteRune(r)
		case m.find(r) != nil:
			b.WriteRune(r)
			gap = false
		case !gap:
			b.WriteString(Missing)
			gap = true
			if !slices.Contains(m.missing, voice.Language) {
				m.missing = append(m.missing, voice.Language)
			}
		}
	}
	*text = b.String()
}

// invisible reports whether a character has no sign of its own: joiners, marks of
// direction, selectors of variants.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f'
}
