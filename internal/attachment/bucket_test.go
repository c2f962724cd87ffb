package attachment

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/practice"
	"exempla/internal/testbucket"
)

func TestABucketThatCannotBeUsedIsRefused(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	for name, c := range map[string]struct {
		change func(*Bucket)
		says   string
	}{
		"no such bucket": {func(b *Bucket) { b.Name = "another" }, "bucket does not exist"},
		"unknown key":    {func(b *Bucket) { b.Key = "nobody" }, "access key"},
		"wrong key":      {func(b *Bucket) { b.Secret = "wrong" }, "signature"},
		"no server":      {func(b *Bucket) { b.Host = "127.0.0.1:1" }, "refused"},
		"no name":        {func(b *Bucket) { b.Host = "no such host.example" }, "such host"},
	} {
		b := settings(server)
		c.change(&b)
		if _, err := OpenBucket(t.Context(), b); err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), b.Secret) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestFilesAreAwayUntilTheServerIsBack(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	s := openedBucket(t, server)
	report, photo := read(t, pdf("x")), read(t, asJPEG(t, quartered(60, 40)))
	if err := s.Keep(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	_, opened := s.Open(t.Context(), report.Hash, practice.PictureSize{})
	_, whole := s.Whole(t.Context(), report.Hash)
	_, listed := s.sizes(t.Context())
	for i, err := range []error{opened, whole, listed, s.Keep(t.Context(), photo), s.Check(t.Context())} {
		if !errors.Is(err, ErrAway) {
			t.Errorf("%d: error %v", i, err)
		}
	}
	server.Again(t)
	if err := errors.Join(s.Keep(t.Context(), photo), s.Check(t.Context())); err != nil {
		t.Error(err)
	}
	content(t, s, report.Hash, practice.PictureSize{})
}

// A bucket that is lost makes no file one that never was.
func TestALostBucketIsAway(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	s := openedBucket(t, server)
	report := read(t, pdf("x"))
	if err := errors.Join(s.Keep(t.Context(), report), os.RemoveAll(server.Object(""))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open(t.Context(), report.Hash, practice.PictureSize{}); !errors.Is(err, ErrAway) {
		t.Errorf("error %v", err)
	}
}

// What is longer than any file may be is still not held in memory as a whole.
func TestALongFileIsStreamed(t *testing.T) {
	server := testbucket.Start(t)
	s := openedBucket(t, server)
	name, long := strings.Repeat("a", 64), 25<<20
	if err := s.shelf.write(t.Context(), name, make([]byte, long)); err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	file, err := s.Open(t.Context(), name, practice.PictureSize{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, file)
	if err := errors.Join(err, file.Close()); err != nil || n != int64(long) {
		t.Errorf("%d bytes came, error %v", n, err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
		t.Errorf("%d bytes of memory were used", used)
	}
}

// A server that takes connections and then says nothing, or stops in the midst of a file.
func TestASilentServerIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	between := &muted{to: server.Host}
	where := settings(server)
	where.Host = between.listen(t)
	s, err := openBucket(t.Context(), where, patience{silence: time.Second, answer: 2 * time.Second, whole: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	report := read(t, pdf(strings.Repeat("x", 8<<20)))
	if err := s.Keep(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	file, err := s.Open(t.Context(), report.Hash, practice.PictureSize{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	between.mute.Store(true)
	began := time.Now()
	_, midway := io.Copy(io.Discard, file)
	_, opened := s.Open(t.Context(), report.Hash, practice.PictureSize{})
	_, whole := s.Whole(t.Context(), report.Hash)
	for i, err := range []error{midway, opened, whole, s.Check(t.Context()), s.Keep(t.Context(), report)} {
		if !errors.Is(err, ErrAway) {
			t.Errorf("%d: error %v", i, err)
		}
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
	between.mute.Store(false)
	if _, err := s.Whole(t.Context(), report.Hash); err != nil {
		t.Errorf("when it talks again: %v", err)
	}
}

// muted passes on what both sides say until it is muted; then it stays silent, and new
// connections are taken and not answered.
type muted struct {
	to   string
	mute atomic.Bool
}

func (m *muted) listen(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			if far, err := net.Dial("tcp", m.to); err == nil {
				go m.pass(near, far)
				go m.pass(far, near)
			}
		}
	}()
	return l.Addr().String()
}

// pass never closes anything: a silent server does not either.
func (m *muted) pass(from, to net.Conn) {
	some := make([]byte, 64<<10)
	for {
		n, err := from.Read(some)
		if err != nil || m.mute.Load() {
			return
		}
		if _, err := to.Write(some[:n]); err != nil {
			return
		}
	}
}

// Nothing is written over what is there, also where two programs write at once: the server
// is told so each time.
func TestOnlyWhatIsAbsentIsWritten(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	conditions := make(chan string, 10)
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: server.Host})
		r.Out.Host = r.In.Host // it is signed
		if r.In.Method == http.MethodPut {
			conditions <- r.In.Header.Get("If-None-Match")
		}
	}})
	defer proxy.Close()
	where := settings(server)
	where.Host = proxy.Listener.Addr().String()
	s, err := OpenBucket(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	report := read(t, pdf("x"))
	if err := errors.Join(s.Keep(t.Context(), report), s.Keep(t.Context(), report)); err != nil {
		t.Fatal(err)
	}
	const puts = 3 // the probe and the file, twice
	if n := len(conditions); n != puts {
		t.Errorf("%d were sent, want %d", n, puts)
	}
	for range len(conditions) {
		if condition := <-conditions; condition != "*" {
			t.Errorf("sent with the condition %q", condition)
		}
	}
}

// A temporary key is good with its token only, which goes with every request.
func TestTheTokenOfASessionIsSent(t *testing.T) {
	t.Parallel()
	sent := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case sent <- r.Header.Get("X-Amz-Security-Token"):
		default:
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	where := Bucket{Host: server.Listener.Addr().String(), Region: "us-east-1", Name: "files", Key: "id", Secret: "s3cret", Token: "for an hour"}
	if _, err := OpenBucket(t.Context(), where); !errors.Is(err, ErrAway) {
		t.Errorf("error %v", err)
	}
	if token := <-sent; token != "for an hour" {
		t.Errorf("the token %q was sent", token)
	}
}
