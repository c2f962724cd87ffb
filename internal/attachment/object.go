package attachment

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/minio/minio-go/v7"
)

// object is an object of a bucket that is read as it comes, so that it is never in memory
// as a whole.
type object struct {
	ctx    context.Context // of the request that reads it
	bucket *bucket
	name   string
	size   int64
	at     int64              // where the next Read begins
	body   io.ReadCloser      // what the server sends; nil if nothing
	bodyAt int64              // where it is
	cancel context.CancelFunc // ends it
}

var errBefore = errors.New("a place before the beginning of a file")

// ask asks the server for what comes from here on.
func (o *object) ask() error {
	var options minio.GetObjectOptions
	if o.at > 0 {
		if err := options.SetRange(o.at, 0); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(o.ctx)
	late := time.AfterFunc(o.bucket.patience.answer, cancel)
	body, info, _, err := o.bucket.core.GetObject(ctx, o.bucket.name, o.bucket.prefix+o.name, options)
	if !late.Stop() && err == nil { // the answer came too late, and has been ended
		body.Close()
		err = context.DeadlineExceeded
	}
	if err != nil {
		cancel()
		return known(err)
	}
	if o.at == 0 {
		o.size = info.Size
	}
	o.body, o.bodyAt, o.cancel = body, o.at, cancel
	return nil
}

// Read reads on. Errors: io.EOF, fs.ErrNotExist, ErrAway.
func (o *object) Read(p []byte) (int, error) {
	if o.at >= o.size {
		return 0, io.EOF
	}
	if o.bodyAt != o.at {
		o.Close()
	}
	if o.body == nil {
		if err := o.ask(); err != nil {
			return 0, err
		}
	}
	n, err := o.body.Read(p)
	o.at += int64(n)
	o.bodyAt = o.at
	switch {
	case err == io.EOF && o.at < o.size:
		err = known(io.ErrUnexpectedEOF)
	case err != nil && err != io.EOF:
		err = known(err)
	}
	return n, err
}

// Seek goes to another place, of which the server hears with the next Read.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.at
	case io.SeekEnd:
		offset += o.size
	}
	if offset < 0 {
		return 0, errBefore
	}
	o.at = offset
	return offset, nil
}

// Close ends reading.
func (o *object) Close() error {
	if o.body == nil {
		return nil
	}
	o.cancel() // first, so that Close does not read what is left
	err := o.body.Close()
	o.body = nil
	return err
}
