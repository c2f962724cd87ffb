package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"
)

// Names of the entries.
const (
	aboutName    = "backup.json"
	contentsName = "contents.json"
	rowsFolder   = "rows/"
	fileFolder   = "files/"
)

// partSize is about how large a part of a table is: little to hold, much to compress.
const partSize = 1 << 20

// Errors of a file to be told apart with errors.Is.
var (
	ErrNoBackup = errors.New("this is no backup of Exempla")
	errDamaged  = errors.New("the file is damaged or cut off")
)

// writer writes the entries of a backup.
type writer struct {
	tar    *tar.Writer
	close  []io.Closer // what is beneath, the last first
	buffer *bufio.Writer
}

func newWriter(to io.Writer, key Key) (*writer, error) {
	w := &writer{buffer: bufio.NewWriterSize(to, partSize)}
	to = w.buffer
	if recipients := key.recipients; len(recipients) > 0 {
		sealed, err := age.Encrypt(to, recipients...)
		if err != nil {
			return nil, err
		}
		to, w.close = sealed, append(w.close, sealed)
	}
	small, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1)) // people use the site meanwhile
	if err != nil {
		return nil, err
	}
	w.close = append([]io.Closer{small}, w.close...)
	w.tar = tar.NewWriter(small)
	return w, nil
}

func (w *writer) entry(name string, content []byte) error {
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: time.Unix(0, 0)}); err != nil {
		return err
	}
	_, err := w.tar.Write(content)
	return err
}

func (w *writer) json(name string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return w.entry(name, content)
}

// Close ends the file; what it was written to stays open.
func (w *writer) Close() error {
	err := w.tar.Close()
	for _, c := range w.close {
		err = errors.Join(err, c.Close())
	}
	return errors.Join(err, w.buffer.Flush())
}

// parts is where the rows of a table are written. It makes an entry of about partSize of
// them, cut between rows.
type parts struct {
	out    *writer
	table  string
	number int
	count  Count
	rows   bytes.Buffer
}

// Write takes some rows; the last may go on with the next call.
func (p *parts) Write(some []byte) (int, error) {
	p.rows.Write(some)
	if p.rows.Len() >= partSize && bytes.HasSuffix(some, []byte("\n")) {
		return len(some), p.flush()
	}
	return len(some), nil
}

func (p *parts) flush() error {
	p.number++
	p.count.add(p.rows.Bytes())
	err := p.out.entry(fmt.Sprintf("%s%s/%06d", rowsFolder, p.table, p.number), p.rows.Bytes())
	p.rows.Reset()
	return err
}

// end writes what is left and returns the count of all rows.
func (p *parts) end() (Count, error) {
	if p.rows.Len() == 0 {
		return p.count, nil
	}
	err := p.flush()
	return p.count, err
}

// Magic bytes with which files begin.
const (
	sealedMagic = "age-encryption.org/"
	zstdMagic   = "\x28\xb5\x2f\xfd"
)

// reader reads the entries of a backup.
type reader struct {
	*tar.Reader
	stream *zstd.Decoder
}

// newReader opens a backup for reading. Errors: ErrNoBackup, ErrSealed, ErrWrongKey, and
// that the file is damaged.
func newReader(from io.Reader, key Key) (*reader, error) {
	buffered := bufio.NewReaderSize(from, partSize)
	from = buffered
	if begin, _ := buffered.Peek(len(sealedMagic)); string(begin) == sealedMagic {
		opened, err := key.open(buffered)
		if err != nil {
			return nil, err
		}
		from = opened
	} else if !bytes.HasPrefix(begin, []byte(zstdMagic)) {
		return nil, ErrNoBackup
	}
	stream, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, damaged(err)
	}
	return &reader{tar.NewReader(stream), stream}, nil
}

// next reads an entry.
func (r *reader) next() (name string, content []byte, err error) {
	header, err := r.Next()
	if err != nil {
		return "", nil, damaged(err)
	}
	if content, err = io.ReadAll(r); err != nil {
		return "", nil, damaged(err)
	}
	return header.Name, content, nil
}

// about reads the first entry. Errors: ErrNoBackup, and that the file is damaged.
func (r *reader) about() (about About, err error) {
	name, content, err := r.next()
	switch {
	case err != nil:
		return about, err
	case name != aboutName:
		return about, ErrNoBackup
	}
	return about, damaged(json.Unmarshal(content, &about))
}

// finish reads to the end, where the checksum is.
func (r *reader) finish() error {
	_, err := io.Copy(io.Discard, r.stream)
	return damaged(err)
}

// Close ends reading; what was read from stays open.
func (r *reader) Close() { r.stream.Close() }

// damaged says of an error while reading that the file is to blame.
func damaged(err error) error {
	if err == nil || errors.Is(err, errDamaged) {
		return err
	}
	return fmt.Errorf("%w: %w", errDamaged, err)
}
