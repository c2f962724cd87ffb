package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// scanner walks a JSON file token by token, so that every field is known by
// its line.
type scanner struct {
	content []byte
	decoder *json.Decoder
	offset  int // up to where lines have been counted
	lines   int // line ends before offset
}

// line is the line of the token read last.
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
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	s := &scanner{content: content, decoder: json.NewDecoder(bytes.NewReader(content))}
	if list, err := s.opens('['); err != nil || !list {
		r.fault(s.line(), "", "expected a list of practices: [ { … }, … ]")
		return
	}
	for s.decoder.More() {
		w, err := s.row()
		if err != nil {
			s.broken(r, err)
			return
		}
		r.keep(w)
		if r.full(w.line) {
			return
		}
	}
	if _, err := s.decoder.Token(); err != nil {
		s.broken(r, err)
	} else if _, err := s.decoder.Token(); !errors.Is(err, io.EOF) {
		r.fault(s.line(), "", "there is something after the end of the list")
	}
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
	return w, err
}

// broken notes where the file stops being JSON; nothing after it can be read.
func (s *scanner) broken(r *reader, err error) {
	var syntax *json.SyntaxError
	// A decoder that reads token by token errs about the place; a second look
	// at the whole does not.
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
}
