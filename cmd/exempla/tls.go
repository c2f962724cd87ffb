package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"sync"
	"time"

	"golang.org/x/crypto/acme"
	"golang.org/x/crypto/acme/autocert"

	"exempla/internal/link"
	"exempla/internal/store"
)

// sharedCache keeps in the database what the library would keep in a folder, so that
// all programs at one address have one certificate, and any of them can answer the
// authority.
type sharedCache struct{ *store.Certificates }

// Get returns what is kept under a name.
func (c sharedCache) Get(ctx context.Context, name string) ([]byte, error) {
	content, err := c.Find(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return nil, autocert.ErrCacheMiss
	}
	return content, err
}

// Put keeps something under a name.
func (c sharedCache) Put(ctx context.Context, name string, content []byte) error {
	return c.Keep(ctx, name, content)
}

// Delete forgets what is kept under a name.
func (c sharedCache) Delete(ctx context.Context, name string) error { return c.Forget(ctx, name) }

// secure lets a listener speak https, if that is set, and answers http with a redirect
// where that is set or usual, until end is called. The error says that a certificate cannot be
// read, or an address not be used.
func (c *serveCommand) secure(plain net.Listener, certificates *store.Certificates) (listener net.Listener, end func(), err error) {
	if c.Certificates == "" {
		return plain, func() {}, nil
	}
	redirect := http.Handler(http.HandlerFunc(c.redirect))
	settings := &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	if c.Auto() {
		site, _ := url.Parse(c.PublicURL) // was checked
		manager := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(site.Hostname()), Email: c.Contact,
			Cache: sharedCache{certificates}, Client: &acme.Client{DirectoryURL: c.ACMEDirectory}}
		settings.GetCertificate = logged(manager.GetCertificate)
		settings.NextProtos = append(settings.NextProtos, acme.ALPNProto)
		redirect = manager.HTTPHandler(redirect)
	} else {
		files := &certificateFiles{}
		files.certificate, files.key, _ = c.Pair()
		if err := files.load(); err != nil {
			return nil, nil, fmt.Errorf("read the certificate: %w; other files can be named in EXEMPLA_TLS", err)
		}
		settings.GetCertificate = files.present
	}
	_, redirectAt := c.Addresses()
	endRedirect, err := listenForHTTP(redirectAt, redirect)
	if err != nil {
		return nil, nil, err
	}
	endWatch := background(context.Background(), func(ctx context.Context) { c.watchCertificate(ctx, certificates) })
	return tls.NewListener(plain, settings), func() { endWatch(); endRedirect() }, nil
}

// listenForHTTP answers http at an address of its own, if there is one.
func listenForHTTP(address string, h http.Handler) (end func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w; another address can be set with EXEMPLA_REDIRECT_LISTEN", err)
	}
	slog.Info("http is answered by a redirect", "address", listener.Addr().String())
	front := &http.Server{Handler: h, ReadHeaderTimeout: shutdownTimeout, ReadTimeout: shutdownTimeout, WriteTimeout: shutdownTimeout, MaxHeaderBytes: 8 << 10}
	go front.Serve(listener) // ends when it is closed
	return func() { front.Close() }, nil
}

// redirect leads to the same page by https. The header Host is never used. A form that
// came without encryption is lost already; it is not led on, so that nobody believes it
// was safe.
func (c *serveCommand) redirect(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "This site is at "+c.PublicURL+" only.", http.StatusBadRequest)
		return
	}
	http.Redirect(w, r, link.Site(c.PublicURL).Absolute(link.WithQuery(r.URL.EscapedPath(), r.URL.RawQuery)), http.StatusMovedPermanently) // #nosec G710 -- to our own address
}

// logged says in the log why there is no certificate, which the library does not. Names
// that are not ours are guesses of strangers.
func logged(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		found, err := get(hello)
		var refused *acme.Error
		if errors.As(err, &refused) || errors.Is(err, store.ErrAway) {
			slog.Error("the authority gives no certificate; it is asked again with the next visitor", "error", err)
		}
		return found, err
	}
}

// lookEvery is how often the files of a certificate are looked at, when somebody comes.
const lookEvery = 10 * time.Second

// certificateFiles are a certificate and its key, which others renew. It is safe for
// concurrent use.
type certificateFiles struct {
	certificate, key string // paths

	mu      sync.Mutex
	current *tls.Certificate
	written time.Time // the later of the two
	looked  time.Time
}

// present returns the certificate as it stands in its files. While they cannot be read, as in
// the moment when one of them has been renewed, it stays what it was.
func (f *certificateFiles) present(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.looked) > lookEvery {
		if err := f.load(); err != nil {
			slog.Error("the certificate cannot be read again; the one before is used", "error", err)
		}
	}
	return f.current, nil
}

// load reads the files if they have changed.
func (f *certificateFiles) load() error {
	f.looked = time.Now()
	var latest time.Time
	for _, path := range []string{f.certificate, f.key} {
		about, err := os.Stat(path)
		if err != nil {
			return err
		}
		if about.ModTime().After(latest) {
			latest = about.ModTime()
		}
	}
	if latest.Equal(f.written) {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return err
	}
	if f.current != nil {
		slog.Info("the certificate was renewed", "until", pair.Leaf.NotAfter)
	}
	f.current, f.written = &pair, latest
	return nil
}
