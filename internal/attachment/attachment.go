// Package attachment checks and stores the files that people upload. Their content
// decides what is allowed, and pictures are re-encoded so that nothing hidden comes
// with them. It knows neither who may see a file nor any page.
package attachment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"exempla/internal/practice"
)

// Limits of uploaded files.
const (
	// MaxSize is the largest size of a file in bytes.
	MaxSize = practice.MaxFileSize
	// MaxPixels is the most pixels of a picture, as large as cameras take them. It
	// limits memory, since a few bytes can claim to be any number of pixels.
	MaxPixels = 40_000_000
)

// Media types of stored files.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	PDF  = "application/pdf"
)

// Fault is an error that says why a file is refused, for errors.Is. Its words for
// people are the message "file.<fault>".
type Fault string

// The faults.
const (
	Empty         Fault = "empty"
	TooLarge      Fault = "too_large"
	TooManyPixels Fault = "too_many_pixels"
	Broken        Fault = "broken"    // truncated, or not what its beginning says
	Encrypted     Fault = "encrypted" // a document with a password
	Mixed         Fault = "mixed"     // several kinds of files in one, which fools filters
	Animated      Fault = "animated"
	Unusual       Fault = "unusual" // a picture of a sort that cannot be decoded
	Vector        Fault = "svg"
	WebPage       Fault = "web_page"
	Script        Fault = "script"
	Program       Fault = "program"
	Archive       Fault = "archive"
	Office        Fault = "office"  // of a word processor, spreadsheet and so on
	Picture       Fault = "picture" // in a format that is not supported
	Film          Fault = "film"    // or audio
	PlainText     Fault = "text"
	Unknown       Fault = "unknown"
)

// Faults lists all faults.
var Faults = []Fault{Empty, TooLarge, TooManyPixels, Broken, Encrypted, Mixed, Animated, Unusual, Vector, WebPage, Script, Program,
	Archive, Office, Picture, Film, PlainText, Unknown}

// Error returns the fault with a prefix, for the log.
func (f Fault) Error() string { return "file refused: " + string(f) }

// File is a checked file, ready to store.
type File struct {
	practice.Attachment // without name, alternative text and credit
	Content             []byte
}

// Read reads and checks an uploaded file. Pictures become JPEG or, with transparency,
// PNG. The error is a Fault, an error of the reader, or that the context has ended
// while waiting for other pictures to be read.
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

// newFile returns a file identified by the SHA-256 of its content.
func newFile(media string, content []byte) File {
	sum := sha256.Sum256(content)
	return File{Content: content, Attachment: practice.Attachment{
		Hash: hex.EncodeToString(sum[:]), Type: media, Size: int64(len(content))}}
}
