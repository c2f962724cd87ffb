package submission

import (
	"strconv"
	"strings"
)

// Box is a box in which a comment is written: on a part, on the whole text, as an
// internal note, or as an answer.
type Box struct {
	Part   Part  // NotesPart for a note; empty for the whole text
	Parent int64 // the comment that is answered; 0 for none
}

// Prefixes of the fields of boxes.
const (
	answerPrefix  = "reply-"
	commentPrefix = "say-"
)

// Field is the id and the name of the box in a form.
func (b Box) Field() string {
	if b.Parent != 0 {
		return answerPrefix + strconv.FormatInt(b.Parent, 10)
	}
	return commentPrefix + string(b.Part)
}

// ParseBox is the box of a field; ok is false for any other field.
func ParseBox(field string) (b Box, ok bool) {
	if number, found := strings.CutPrefix(field, answerPrefix); found {
		b.Parent, _ = strconv.ParseInt(number, 10, 64)
		return b, b.Parent > 0 && b.Field() == field
	}
	part, found := strings.CutPrefix(field, commentPrefix)
	b.Part = Part(part)
	return b, found && (b.Part == "" || b.Part.IsNote() || b.Part.Known())
}

// IsRequest reports whether what is written in the box asks the authors for a change
// once the review is sent.
func (b Box) IsRequest() bool { return b.Parent == 0 && !b.Part.IsNote() }

// Box is the box in which the comment was written.
func (c Comment) Box() Box {
	switch {
	case c.Parent != 0:
		return Box{Parent: c.Parent}
	case c.Internal:
		return Box{Part: NotesPart}
	}
	return Box{Part: c.Part}
}

// Write is the comment that a text in the box makes.
func (b Box) Write(text string) Comment {
	c := Comment{Part: b.Part, Parent: b.Parent, Text: text, Internal: b.Part.IsNote()}
	if c.Internal {
		c.Part = ""
	}
	return c
}
