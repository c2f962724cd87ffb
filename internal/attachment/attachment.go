// Package attachment takes in files that people hand in and keeps them: what is
// allowed is told by content, pictures are made anew so that nothing hidden
// comes with them. It knows nothing of who may see a file, nor of pages.
package attachment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"exempla/internal/practice"
)

// Bounds of what is taken in.
const (
	// MaxSize is the most bytes of a file.
	MaxSize = practice.MaxFileSize
	// MaxPixels is the most pixels of a picture: what cameras make. It bounds
	// memory, for a few bytes can claim to be any number of pixels.
	MaxPixels = 40_000_000
)

// Types of what is kept.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	PDF  = "application/pdf"
)

// Fault is why a file is refused: a kind of error, to be told apart with
// errors.Is, whose words for people are the message "file.<fault>".
type Fault string

// The faults.
const (
	Empty         Fault = "empty"
	TooLarge      Fault = "too_large"
	TooManyPixels Fault = "too_many_pixels"
	Broken        Fault = "broken"    // cut off, or not what it begins as
	Encrypted     Fault = "encrypted" // a document that asks for a password
	Mixed         Fault = "mixed"     // several kinds of files in one, which is how filters are fooled
	Animated      Fault = "animated"
	Vector        Fault = "svg"
	WebPage       Fault = "web_page"
	Script        Fault = "script"
	Program       Fault = "program"
	Archive       Fault = "archive"
	Office        Fault = "office"  // of a word processor and the like
	Picture       Fault = "picture" // of a kind that is not read here
	Film          Fault = "film"    // or sound
	PlainText     Fault = "text"
	Unknown       Fault = "unknown"
)

// Faults lists all of them.
var Faults = []Fault{Empty, TooLarge, TooManyPixels, Broken, Encrypted, Mixed, Animated, Vector, WebPage, Script, Program,
	Archive, Office, Picture, Film, PlainText, Unknown}

// Error names the fault.
func (f Fault) Error() string { return "file refused: " + string(f) }

// File is a file as it is to be kept.
type File struct {
	practice.Attachment // without name, alternative text and credit
	Content             []byte
	Small               []byte // the picture's small size; nil for a document
}

// Read takes in a file that somebody hands in. What it is called does not
// matter. Errors: a Fault, an error of the reader, or that the context has
// ended while others were being read.
func Read(ctx context.Context, r io.Reader) (File, error) {
	content, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return File{}, fmt.Errorf("read a file: %w", err)
	case len(content) == 0:
		return File{}, Empty
	case len(content) > MaxSize:
		return File{}, TooLarge
	}
	is := recognise(content)
	switch {
	case is.fault != "":
		return File{}, is.fault
	case is.document:
		return document(content)
	}
	return picture(ctx, content)
}

// newFile is a file named by its content.
func newFile(media string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{Content: content, Attachment: practice.Attachment{
		Hash: hex.EncodeToString(sum[:]), Type: media, Size: int64(len(content))}}
}
