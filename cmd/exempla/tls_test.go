package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"exempla/internal/testdb"
)

// issue writes a new certificate for localhost, signed by itself, and its key.
func issue(t *testing.T, certificate, key string, number int64, change ...func(*x509.Certificate)) *x509.CertPool {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(number), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost", "exempla.test"},
		IsCA: true, BasicConstraintsValid: true}
	for _, c := range change {
		c(form)
	}
	content, err := x509.CreateCertificate(rand.Reader, form, form, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	signed := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: content})
	for path, text := range map[string][]byte{certificate: signed, key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(signed)
	return pool
}

// visitor is a client that trusts authorities, reaches every host at one address, and
// follows no redirect.
func visitor(authorities *x509.CertPool, address string) *http.Client {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{DialContext: dial, ForceAttemptHTTP2: true, DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: authorities}}}
}

// visit asks for a page and returns the answer after reading it.
func visit(t *testing.T, client *http.Client, address string) *http.Response {
	t.Helper()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer
}

// startSecure starts the program with https at an address. Its public address, where
// others ask for /readyz, leads nowhere.
func startSecure(t *testing.T, at string, settings ...string) *outputBuffer {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p, err := begin(path, settings, "serve", "--demo", "--listen", at)
	return &p.until(t, err).log
}

// Whatever is asked for, it leads to the site itself.
func TestRedirectStaysHere(t *testing.T) {
	t.Parallel()
	var c serveCommand
	c.PublicURL = "https://exempla.test"
	w := httptest.NewRecorder()
	c.redirect(w, &http.Request{Method: http.MethodGet, URL: &url.URL{Scheme: "http", Opaque: ".evil.test/"}})
	if got := w.Header().Get("Location"); got != "https://exempla.test" {
		t.Errorf("it leads to %s", got)
	}
}

// The program speaks https by itself, with HTTP/2, and leads there from http.
func TestCertificateFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	first := issue(t, certificate, key, 1)
	at, plain := freeAddress(t), freeAddress(t)
	said := startSecure(t, at, "EXEMPLA_TLS="+certificate+","+key, "EXEMPLA_PUBLIC_URL=https://exempla.test", "EXEMPLA_REDIRECT_LISTEN="+plain)
	client := visitor(first, at)
	answer := visit(t, client, "https://exempla.test/en/practices")
	if answer.StatusCode != http.StatusOK || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%s, HTTP/%d, %q", answer.Status, answer.ProtoMajor, answer.Header.Get("Strict-Transport-Security"))
	}

	for path, want := range map[string]string{"/en/practices?q=a&country=GR": "https://exempla.test/en/practices?q=a&country=GR", "//evil.test/": "https://exempla.test//evil.test/"} {
		answer = visit(t, visitor(nil, plain), "http://somewhere.test"+path)
		if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusMovedPermanently || to != want {
			t.Errorf("http leads with %s to %s, want %s", answer.Status, to, want)
		}
	}
	form, err := visitor(nil, plain).Post("http://somewhere.test/en/sign-in", "application/x-www-form-urlencoded", strings.NewReader("mail=a"))
	if err != nil || form.StatusCode != http.StatusBadRequest {
		t.Errorf("a form by http: %v, %v", form, err)
	}

	// Somebody renews the certificate: first half, then whole.
	second := issue(t, certificate+".new", key+".new", 2)
	rename := func(path string) {
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
	rename(key)
	eventually(t, "notice of half a renewal", func() bool {
		visit(t, client, "https://exempla.test/healthz")
		return strings.Contains(said.String(), "the one before is used")
	})
	rename(certificate)
	eventually(t, "the new certificate", func() bool {
		answer, err := visitor(second, at).Get("https://exempla.test/healthz")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.TLS.PeerCertificates[0].SerialNumber.Int64() == 2
	})
}

// authority is an authority like Let's Encrypt: its directory, and the files with what to
// trust: its own certificate, and the one with which it signs.
type authority struct{ directory, trusted, root string }

// authorityTools builds the authority's programs, once.
var authorityTools = sync.OnceValues(func() (string, error) {
	folder, err := buildFolder()
	if err != nil {
		return "", err
	}
	build := exec.Command("go", "build", "-o", folder+string(filepath.Separator), "github.com/letsencrypt/pebble/v2/cmd/pebble", "github.com/letsencrypt/pebble/v2/cmd/pebble-challtestsrv")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the authority: %w\n%s", err, out)
	}
	return folder, nil
})

// startAuthority starts one that reaches every host at an address of this machine, whose
// port is given.
func startAuthority(t *testing.T, site string) authority {
	t.Helper()
	tools, err := authorityTools()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	issue(t, certificate, key, 1)
	names, listen, manage := freeAddress(t), freeAddress(t), freeAddress(t)
	_, port, _ := net.SplitHostPort(site)
	settings := filepath.Join(folder, "pebble.json")
	if err := os.WriteFile(settings, fmt.Appendf(nil, `{"pebble": {"listenAddress": %q, "managementListenAddress": %q, "certificate": %q, "privateKey": %q,
		"httpPort": 1, "tlsPort": %s}}`, listen, manage, certificate, key, port), 0o600); err != nil {
		t.Fatal(err)
	}
	inBackground(t, exec.Command(filepath.Join(tools, "pebble-challtestsrv"), "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dnsserver", names,
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", freeAddress(t)))
	served := exec.Command(filepath.Join(tools, "pebble"), "-config", settings, "-dnsserver", names)
	served.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1")
	inBackground(t, served)
	trusted, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(trusted)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "localhost"}}}
	var root []byte
	eventually(t, "the authority", func() bool {
		answer, err := client.Get("https://" + manage + "/roots/0")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		root, err = io.ReadAll(answer.Body)
		return err == nil && bytes.Contains(root, []byte("CERTIFICATE"))
	})
	_, port, _ = net.SplitHostPort(listen)
	return authority{"https://localhost:" + port + "/dir", certificate, string(root)}
}

// With one setting the program gets its certificate from an authority, and programs that
// share a database share it.
func TestCertificateOfAnAuthority(t *testing.T) {
	t.Parallel()
	at, other := freeAddress(t), freeAddress(t)
	a := startAuthority(t, at)
	settings := []string{"EXEMPLA_TLS=auto", "EXEMPLA_PUBLIC_URL=https://exempla.test", "EXEMPLA_ACME_DIRECTORY=" + a.directory, "SSL_CERT_FILE=" + a.trusted,
		"DATABASE_URL=" + testdb.Private(t, emptyFolder(t)).URL()}
	startSecure(t, at, settings...)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM([]byte(a.root))
	got := visit(t, visitor(pool, at), "https://exempla.test/en/practices")
	if got.StatusCode != http.StatusOK || got.ProtoMajor != 2 {
		t.Errorf("%s, HTTP/%d", got.Status, got.ProtoMajor)
	}
	found, status := run(t, strings.Join(settings, " "), "doctor")
	if status != 0 {
		t.Errorf("doctor ended with %d", status)
	}
	wantMentions(t, found, "ok  certificate: for exempla.test, until ")
	if _, err := visitor(pool, at).Get("https://elsewhere.test/"); err == nil {
		t.Error("there is a certificate for a host that is not ours")
	}

	// The authority does not reach the second one, so it can only have the certificate of the first.
	startSecure(t, other, settings...)
	again := visit(t, visitor(pool, other), "https://exempla.test/en/practices")
	if a, b := got.TLS.PeerCertificates[0].SerialNumber, again.TLS.PeerCertificates[0].SerialNumber; a.Cmp(b) != 0 {
		t.Errorf("two certificates, %v and %v", a, b)
	}
}

// Doctor, the log and administrators learn of a certificate before visitors do.
func TestTroubleWithACertificate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	place := "EXEMPLA_PUBLIC_URL=https://exempla.test EXEMPLA_TLS=" + certificate + "," + key + " EXEMPLA_DATA=" + emptyFolder(t)
	issue(t, certificate, key, 1)
	said := startSecure(t, "127.0.0.1:0", strings.Fields(place)...)
	eventually(t, "a warning", func() bool { return strings.Contains(said.String(), "trouble=certificate_ends") })
	days := func(from, to int) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().AddDate(0, 0, from), time.Now().AddDate(0, 0, to)
		}
	}
	for want, make := range map[string]func(){
		"ok  certificate: for localhost, exempla.test, until ": func() { issue(t, certificate, key, 2, days(-1, 15)) },
		"→ renew it":          func() { issue(t, certificate, key, 3, days(-1, 13)) },
		"→ renew it; with":    func() { issue(t, certificate, key, 4, days(-9, -1)) },
		"→ it begins only at": func() { issue(t, certificate, key, 5, days(1, 90)) },
		"→ it is not for exempla.test": func() {
			issue(t, certificate, key, 6, days(-1, 90), func(c *x509.Certificate) { c.DNSNames = []string{"other.test"} })
		},
		"private key does not match":      func() { issue(t, certificate, key, 7); issue(t, filepath.Join(folder, "other"), key, 8) },
		"BAD certificate: cannot be used": func() { os.Remove(key) },
	} {
		issue(t, certificate, key, 9, days(-1, 90))
		make()
		said, status := run(t, place, "doctor")
		if good := strings.HasPrefix(want, "ok"); good != (status == 0) {
			t.Errorf("%s: it ends with %d", want, status)
		}
		wantMentions(t, said, want)
	}
}
