package attachment

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// patience is how long a server is waited for. People wait for pages meanwhile.
type patience struct {
	silence time.Duration // in which nothing comes or goes
	answer  time.Duration // until an answer begins, all tries together
	whole   time.Duration // until a file is read or written as a whole
}

// usual is enough for ten megabytes at two megabits per second.
var usual = patience{silence: 10 * time.Second, answer: 10 * time.Second, whole: 45 * time.Second}

// tries is how often something is tried: a connection that was kept may be cut.
const tries = 2

// probe is the name of an object that shows whether the bucket can be written and read.
const probe = "probe"

// Bucket says which bucket of which server with the protocol of S3 holds the files.
type Bucket struct {
	Host   string // with the port, if it is not the usual one
	TLS    bool
	Region string // the server is asked, if it is empty
	Name   string
	Prefix string // before all names
	Key    string // ID of the access key
	Secret string
	Token  string // of the session, with a temporary key
}

// bucket is a place on a server with the protocol of S3.
type bucket struct {
	core         minio.Core
	name, prefix string
	patience     patience
	idle         func() // closes connections that nobody uses
}

// OpenBucket opens a bucket, which has to exist. The error says why it cannot be used.
func OpenBucket(ctx context.Context, settings Bucket) (*Storage, error) {
	return openBucket(ctx, settings, usual)
}

func openBucket(ctx context.Context, settings Bucket, p patience) (*Storage, error) {
	core, idle, err := settings.Connect(p.silence)
	if err != nil {
		return nil, err
	}
	b := &bucket{*core, settings.Name, settings.Prefix, p, idle}
	if err := b.check(ctx); err != nil {
		return nil, fmt.Errorf("the bucket for files cannot be used: %w", err)
	}
	return &Storage{b}, nil
}

// Connect returns a client of the server, which breaks off when that is silent for too
// long, and what closes its connections that nobody uses. It asks nothing yet.
func (b Bucket) Connect(silence time.Duration) (client *minio.Core, idle func(), err error) {
	transport, err := minio.DefaultTransport(b.TLS)
	if err != nil {
		return nil, nil, err
	}
	transport.DialContext = patience{silence: silence}.dial
	client, err = minio.NewCore(b.Host, &minio.Options{Secure: b.TLS, Region: b.Region, Transport: transport, MaxRetries: tries,
		Creds: credentials.NewStaticV4(b.Key, b.Secret, b.Token)})
	return client, transport.CloseIdleConnections, err
}

// dial makes a connection that breaks when the other side is silent for too long, also in
// the midst of a file, and never because a file is long.
func (p patience) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{Timeout: p.silence}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return patient{c, p.silence}, nil
}

type patient struct {
	net.Conn
	silence time.Duration
}

// Read moves the deadline of both ways, as Write does: whoever writes a long file is
// waiting for the answer all the while.
func (p patient) Read(b []byte) (int, error) {
	if err := p.SetDeadline(time.Now().Add(p.silence)); err != nil {
		return 0, err
	}
	return p.Conn.Read(b)
}

// Write see Read.
func (p patient) Write(b []byte) (int, error) {
	if err := p.SetDeadline(time.Now().Add(p.silence)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}

// code is how the server calls an error, empty if it did not say anything.
func code(err error) string { return minio.ToErrorResponse(err).Code }

// known returns an error as callers know it.
func known(err error) error {
	switch {
	case err == nil:
		return nil
	case code(err) == minio.NoSuchKey:
		return fs.ErrNotExist
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// check writes the probe if it is not there yet, and reads it. It thus neither fills a
// bucket that keeps all versions nor needs the right to delete.
func (b *bucket) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, b.patience.answer)
	defer cancel()
	err := b.put(ctx, probe, []byte("x"), true)
	if err != nil && code(err) != minio.PreconditionFailed {
		return known(err)
	}
	_, err = b.read(ctx, probe)
	return err
}

func (b *bucket) write(ctx context.Context, name string, content []byte) error {
	ctx, cancel := context.WithTimeout(ctx, b.patience.whole)
	defer cancel()
	err := b.put(ctx, name, content, true)
	switch code(err) {
	case minio.PreconditionFailed: // it is there
		if there, err := b.read(ctx, name); err == nil && bytes.Equal(there, content) {
			return nil
		}
	case "ConditionalRequestConflict", minio.NotImplemented: // somebody writes it just now, or the server knows no conditions
	default:
		return known(err)
	}
	return known(b.put(ctx, name, content, false)) // whoever else writes it writes the same
}

// put sends an object with its hash, which the server compares.
func (b *bucket) put(ctx context.Context, name string, content []byte, onlyIfAbsent bool) error {
	var options minio.PutObjectOptions
	if onlyIfAbsent {
		options.SetMatchETagExcept("*")
	}
	sum := sha256.Sum256(content)
	_, err := b.core.PutObject(ctx, b.name, b.prefix+name, bytes.NewReader(content), int64(len(content)), "", hex.EncodeToString(sum[:]), options)
	return err
}

func (b *bucket) read(ctx context.Context, name string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, b.patience.whole)
	defer cancel()
	o, err := b.open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	return io.ReadAll(o)
}

func (b *bucket) open(ctx context.Context, name string) (Content, error) {
	o := &object{ctx: ctx, bucket: b, name: name}
	if err := o.ask(); err != nil {
		return nil, err
	}
	return o, nil
}

func (b *bucket) list(ctx context.Context) (map[string]int64, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // else what lists goes on after an error
	sizes := map[string]int64{}
	for o := range b.core.Client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix}) {
		if o.Err != nil {
			return nil, known(o.Err)
		}
		sizes[strings.TrimPrefix(o.Key, b.prefix)] = o.Size
	}
	return sizes, known(ctx.Err())
}

// String names bucket, prefix and server.
func (b *bucket) String() string {
	return fmt.Sprintf("s3://%s/%s at %s", b.name, b.prefix, b.core.EndpointURL())
}

func (b *bucket) close() error {
	b.idle()
	return nil
}
