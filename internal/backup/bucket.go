package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"exempla/internal/attachment"
)

const (
	// uploadPart is how much of a backup goes to a bucket at a time, and is in memory. The
	// protocol allows 10,000 parts: 160 GB.
	uploadPart = 16 << 20
	// bucketSilence is how long nothing may come from the server. Nobody waits for a
	// backup, and some servers put its parts together without a word.
	bucketSilence = 5 * time.Minute
	// bucketAnswer is how long anything but the content itself may take.
	bucketAnswer = time.Minute
)

// Bucket is a bucket with backups, of a server with the protocol of S3.
type Bucket struct {
	client       *minio.Client
	name, prefix string
}

// OpenBucket makes ready to use a bucket. Whether it is there shows when it is used: it
// may be away for a while, as a disk may be full.
func OpenBucket(settings attachment.Bucket) (*Bucket, error) {
	core, _, err := settings.Connect(bucketSilence)
	if err != nil {
		return nil, err
	}
	return &Bucket{core.Client, settings.Name, settings.Prefix}, nil
}

// fails adds which bucket it was.
func (b *Bucket) fails(err error) error {
	switch {
	case err == nil:
		return nil
	case minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		err = fs.ErrNotExist
	}
	return fmt.Errorf("the bucket for backups, s3://%s/%s at %s: %w", b.name, b.prefix, b.client.EndpointURL(), err)
}

// List see Place.
func (b *Bucket) List(ctx context.Context) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, bucketAnswer)
	defer cancel()
	var names []string
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix}) {
		if o.Err != nil {
			return nil, b.fails(o.Err)
		}
		names = append(names, strings.TrimPrefix(o.Key, b.prefix))
	}
	return names, b.fails(ctx.Err())
}

// errCutOff ends an upload that must not be taken for a whole one. It is none of the errors
// that a reader ends with.
var errCutOff = errors.New("the backup was cut off")

// Write see Place. The content goes in parts, and the server makes an object of them only
// when it has all.
func (b *Bucket) Write(ctx context.Context, name string, fill func(io.Writer) error) error {
	if err := b.isFree(ctx, name); err != nil {
		return b.fails(err)
	}
	from, to := io.Pipe()
	sent := make(chan error, 1)
	go func() {
		_, err := b.client.PutObject(ctx, b.name, b.prefix+name, from, -1, minio.PutObjectOptions{PartSize: uploadPart, ContentType: "application/octet-stream"})
		from.CloseWithError(b.fails(err)) // else fill would wait for ever
		sent <- err
	}()
	err := fill(to)
	if err != nil {
		to.CloseWithError(errCutOff)
		<-sent
		return err
	}
	to.Close()
	return b.fails(<-sent)
}

func (b *Bucket) isFree(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketAnswer)
	defer cancel()
	_, err := b.client.StatObject(ctx, b.name, b.prefix+name, minio.StatObjectOptions{})
	switch {
	case err == nil:
		return fmt.Errorf("%s: %w", name, fs.ErrExist)
	case minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		return nil
	}
	return err
}

// Fetch see Place. The file is in the folder for temporary files meanwhile: a restore reads
// it more than once, and slowly.
func (b *Bucket) Fetch(ctx context.Context, name string) (path string, done func() error, err error) {
	object, err := b.client.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return "", nil, b.fails(err)
	}
	defer object.Close()
	file, err := os.CreateTemp("", "exempla-*.backup")
	if err != nil {
		return "", nil, err
	}
	_, err = io.Copy(file, object)
	if err = errors.Join(b.fails(err), file.Close()); err != nil {
		return "", nil, errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), func() error { return os.Remove(file.Name()) }, nil
}

// Remove see Place.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketAnswer)
	defer cancel()
	return b.fails(b.client.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}))
}

// Sweep see Place.
func (b *Bucket) Sweep(ctx context.Context, own string) error {
	ctx, cancel := context.WithTimeout(ctx, bucketAnswer)
	defer cancel()
	for u := range b.client.ListIncompleteUploads(ctx, b.name, b.prefix, true) {
		name := strings.TrimPrefix(u.Key, b.prefix)
		switch {
		case u.Err != nil:
			return b.fails(u.Err)
		case isNightly(name) && name != own:
			if err := b.client.RemoveIncompleteUpload(ctx, b.name, u.Key); err != nil {
				return b.fails(err)
			}
		}
	}
	return b.fails(ctx.Err())
}
