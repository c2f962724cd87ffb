package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// scanner reads a JSON file token by token, to know the line of every field.
type scanner struct {
	content []byte
	decoder *json.Decoder
	offset  int // up to which lines have been counted
	lines   int // line ends before offset
}

// line returns the line of the last token.
func (s *scanner) line() int {
	at := int(s.decoder.InputOffset())
	s.lines += bytes.Count(s.content[s.offset:at], []byte{'\n'})
	s.offset = at
	return s.lines + 1
}

// opens reads one token and reports whether it is the wanted bracket.
func (s *scanner) opens(bracket json.Delim) (bool, error) {
	token, err := s.decoder.Token()
	return token == bracket, err
}

// scanJSON reads a list of objects.
func scanJSON(content []byte, r *reader) {
	s := &scanner{content: content, decoder: json.NewDecoder(bytes.NewReader(content))}
	if list, err := s.opens('['); err != nil || !list {
		r.fault(s.line(), "", "expected a list of practices: [ { … }, … ]")
		return
	}
	if !s.rows(r) {
		return
	}
	if _, err := s.decoder.Token(); err != nil {
		s.broken(r, err)
	} else if _, err := s.decoder.Token(); !errors.Is(err, io.EOF) {
		r.fault(s.line(), "", "there is something after the end of the list")
	}
}

// scanLines reads objects that follow one another.
func scanLines(content []byte, r *reader) {
	s := &scanner{content: content, decoder: json.NewDecoder(bytes.NewReader(content))}
	s.rows(r)
}

// rows reads objects as long as there are any; ok is false if reading ends before.
func (s *scanner) rows(r *reader) (ok bool) {
	for s.decoder.More() {
		w, err := s.row()
		if err != nil {
			s.broken(r, err)
			return false
		}
		r.keep(w)
		if r.full(w.line) {
			return false
		}
	}
	return true
}

// row reads one object.
func (s *scanner) row() (*row, error) {
	w := &row{lines: map[string]int{}}
	object, err := s.opens('{')
	w.line = s.line()
	if err == nil && !object {
		err = errors.New("expected an object: { … }")
	}
	for err == nil && s.decoder.More() {
		var key json.Token
		if key, err = s.decoder.Token(); err != nil {
			break
		}
		var value json.RawMessage
		line := s.line()
		if err = s.decoder.Decode(&value); err == nil {
			w.set(key.(string), line, value)
		}
	}
	if err == nil {
		_, err = s.decoder.Token()
	}
	w.last = s.line()
	return w, err
}

// broken records where the file stops being JSON; the rest cannot be read.
func (s *scanner) broken(r *reader, err error) {
	var syntax *json.SyntaxError
	// A decoder that reads token by token reports wrong offsets; parsing the file as
	// a whole does not.
	var whole json.RawMessage
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.fault(1+bytes.Count(s.content, []byte{'\n'}), "", "the file ends in the middle")
	case errors.As(json.Unmarshal(s.content, &whole), &syntax):
		before := s.content[:max(0, int(syntax.Offset)-1)]
		r.fault(1+bytes.Count(before, []byte{'\n'}), "", "not JSON from here on: %s", syntax.Error())
	default:
		r.fault(s.line(), "", "%s", err)
	}
	if last := &r.faults[len(r.faults)-1]; last.Line == r.before.last {
		last.Practice = label(len(r.practices)+1, "")
	}
}
