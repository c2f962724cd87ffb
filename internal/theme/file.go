package theme

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Write writes a theme as a file for people.
func (t Theme) Write() []byte {
	content, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		panic(err)
	}
	return append(content, '\n')
}

// Read reads what Write writes. Fields that the program does not know are an error, and so
// is a name that stands twice, so that nothing is lost silently.
func Read(content []byte) (t Theme, err error) {
	if len(content) > 2*MaxSize {
		return t, fmt.Errorf("the file is larger than %d kB", 2*MaxSize>>10)
	}
	content = bytes.TrimSpace(bytes.TrimPrefix(content, []byte("\ufeff"))) // some editors write a mark of order
	switch {
	case !utf8.Valid(content):
		return t, errors.New("it is not written in UTF-8: save it so")
	case !bytes.HasPrefix(content, []byte("{")):
		return t, errors.New("it is no theme, which is an object of JSON: { … }")
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return t, fmt.Errorf("it is no theme: %w", explained(err))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return t, errors.New("something follows the theme in the file")
	}
	return t, once(json.NewDecoder(bytes.NewReader(content)), "")
}

// belongs is what a field takes, as people call it.
var belongs = map[reflect.Kind]string{reflect.String: "a text", reflect.Bool: "true or false", reflect.Int: "a whole number",
	reflect.Slice: "a list: [ … ]", reflect.Struct: "an object: { … }", reflect.Map: "an object: { … }"}

// explained is an error of the decoder in words for people who write such a file.
func explained(err error) error {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("at %s there is a value of the kind %q, where %s belongs", wrong.Field, wrong.Value, belongs[wrong.Type.Kind()])
	case errors.As(err, &syntax):
		return fmt.Errorf("byte %d: %w", syntax.Offset, err)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// once returns an error for a name that stands twice in an object of a value that can be
// read: the decoder takes the last one.
func once(from *json.Decoder, path string) error {
	token, err := from.Token()
	opening, composed := token.(json.Delim)
	if err != nil || !composed {
		return err
	}
	seen := map[string]bool{}
	for from.More() {
		below := path
		if opening == '{' {
			key, err := from.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			below = strings.TrimPrefix(path+"."+name, ".")
			if seen[name] {
				return fmt.Errorf("%s stands there twice", below)
			}
			seen[name] = true
		}
		if err := once(from, below); err != nil {
			return err
		}
	}
	_, err = from.Token()
	return err
}
