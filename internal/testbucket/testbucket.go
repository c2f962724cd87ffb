// Package testbucket runs a real server with the protocol of S3 for tests. It forgets
// everything when the test ends.
package testbucket

import (
	"context"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The key of every server, and the bucket that is there.
const (
	AccessKey = "exempla"
	Secret    = "let-me-try-exempla"
	Bucket    = "files"
)

// version of versitygw, as in the Makefile.
const version = "1.8.0"

// startTime is how long the server may take to start on a busy machine.
const startTime = 30 * time.Second

// Server is a server that can be stopped and started again, at the same address.
type Server struct {
	Host   string // with port
	folder string
	stop   func()
}

// Start starts a server with an empty bucket. It ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Host: l.Addr().String(), folder: t.TempDir(), stop: func() {}}
	l.Close()
	if err := os.Mkdir(filepath.Join(s.folder, Bucket), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stop() })
	s.Again(t)
	return s
}

// Address is the bucket in EXEMPLA_FILES.
func (s *Server) Address() string {
	return "s3://" + Bucket + "?" + url.Values{"endpoint": {"http://" + s.Host}}.Encode()
}

// Object is the file in which the server keeps an object of the bucket.
func (s *Server) Object(name string) string { return filepath.Join(s.folder, Bucket, name) }

// Stop stops the server at once, as a power failure does.
func (s *Server) Stop() { s.stop() }

// Again starts a server that was stopped, and waits until it answers.
func (s *Server) Again(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program(t), "--port", s.Host, "--access", AccessKey, "--secret", Secret, "--quiet", "posix", s.folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.stop = func() {
		cancel()
		cmd.Wait() // the error is that it was killed
	}
	for end := time.Now().Add(startTime); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", s.Host)
		if err == nil {
			c.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

// program is the server's, which "make tools" builds in the topmost folder.
func program(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
	}
	path := filepath.Join(folder, "bin", "versitygw-"+version)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v; make tools builds it", err)
	}
	return path
}
