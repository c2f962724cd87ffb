package mail

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// hangUp in place of a reply ends the conversation.
const hangUp = "hang up"

// server is a mail server that follows a script.
type server struct {
	*testing.T
	net.Listener
	replies map[string]string // by verb; "" for the greeting, "." for the mail's end; otherwise all goes well
	offer   *tls.Config       // for STARTTLS; nil to offer none
	secure  bool              // TLS from the first byte
	asks    bool              // for a name and a password

	mu   sync.Mutex
	said []line
	mail string
}

// line is one that a client has sent, and whether TLS protected it.
type line struct {
	text string
	safe bool
}

// start lets a server answer, at a port of its own.
func (s *server) start(t *testing.T) *server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.T, s.Listener = t, listener
	var talks sync.WaitGroup
	talks.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			// A client that fails may leave its end open.
			end := context.AfterFunc(t.Context(), func() { conn.Close() })
			talks.Go(func() { defer end(); s.talk(conn) })
		}
	})
	t.Cleanup(func() { listener.Close(); talks.Wait() }) // by now the test's context has ended
	return s
}

// talk answers one client until it goes.
func (s *server) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	if s.secure {
		conn = tls.Server(conn, s.offer)
	}
	in, safe := bufio.NewReader(conn), s.secure
	if !s.reply(conn, "", "220 sink.example ESMTP") {
		return
	}
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return
		}
		text = strings.TrimSpace(text)
		s.mu.Lock()
		s.said = append(s.said, line{text, safe})
		s.mu.Unlock()
		verb, rest, _ := strings.Cut(text, " ")
		if !s.reply(conn, verb, s.usual(verb, rest, safe)) {
			return
		}
		switch {
		case verb == "STARTTLS":
			conn = tls.Server(conn, s.offer)
			in, safe = bufio.NewReader(conn), true
		case verb == "DATA" && s.replies["DATA"] == "":
			if !s.receive(in) || !s.reply(conn, ".", "250 kept") {
				return
			}
		}
	}
}

// usual is the reply to what is not in the script.
func (s *server) usual(verb, rest string, safe bool) string {
	switch verb {
	case "EHLO":
		extensions := "250-sink.example\r\n250-8BITMIME\r\n"
		if s.offer != nil && !safe {
			extensions += "250-STARTTLS\r\n"
		}
		switch { // in the open it tempts with ways that hide the password a little
		case s.asks && safe:
			extensions += "250-AUTH PLAIN\r\n"
		case s.asks:
			extensions += "250-AUTH SCRAM-SHA-256 CRAM-MD5 PLAIN\r\n"
		}
		return extensions + "250 ENHANCEDSTATUSCODES"
	case "AUTH":
		if rest == "PLAIN "+base64.StdEncoding.EncodeToString([]byte("\x00exempla\x00s3cret")) {
			return "235 welcome"
		}
		return "535 who?"
	case "STARTTLS":
		return "220 go on"
	case "DATA":
		return "354 go on"
	case "QUIT":
		return "221 bye"
	}
	return "250 fine"
}

// reply says what the script wants, else what is usual; false when the
// conversation is over.
func (s *server) reply(conn net.Conn, verb, usual string) bool {
	text := usual
	if scripted := s.replies[verb]; scripted != "" {
		text = scripted
	}
	if text == hangUp {
		return false
	}
	_, err := conn.Write([]byte(text + "\r\n"))
	return err == nil
}

// receive reads a mail up to the dot that ends it.
func (s *server) receive(in *bufio.Reader) bool {
	var mail strings.Builder
	for {
		text, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if text == ".\r\n" {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.mail = mail.String()
			return true
		}
		mail.WriteString(text)
	}
}

// heard are the lines that begin with a verb.
func (s *server) heard(verb string) []line {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []line
	for _, l := range s.said {
		if strings.HasPrefix(l.text, verb) {
			list = append(list, l)
		}
	}
	return list
}

// certificate makes one for the addresses of this machine, and a pool that trusts it.
func certificate(t *testing.T, names ...string) (offer *tls.Config, trusted *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, DNSNames: names, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4zero}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	trusted = x509.NewCertPool()
	trusted.AddCert(made)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, trusted
}

// sender makes one for an address in which PORT stands for the server's port.
func (s *server) sender(address string, trusted *x509.CertPool) *SMTP {
	s.Helper()
	_, port, err := net.SplitHostPort(s.Addr().String())
	if err != nil {
		s.Fatal(err)
	}
	sender, err := NewSMTP(strings.ReplaceAll(address, "PORT", port), "Exempla <exempla@city.example>")
	if err != nil {
		s.Fatal(err)
	}
	if trusted != nil {
		sender.options = append(sender.options, gomail.WithTLSConfig(&tls.Config{ServerName: sender.host, RootCAs: trusted}))
	}
	return sender
}
