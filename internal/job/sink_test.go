package job_test

import (
	"bytes"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// sink is a mail server that keeps what it is given, and can go away and come
// back at the same address.
type sink struct {
	*testing.T
	address string
	lock    sync.Mutex
	stop    func()
	got     []received
	refuse  map[string]*smtp.SMTPError // by what the receiver's address begins with
}

// received is one mail as it came in.
type received struct {
	from, to   string
	header     mail.Header
	raw        string
	text, html string
}

func openSink(t *testing.T) *sink {
	s := &sink{T: t, refuse: map[string]*smtp.SMTPError{}}
	s.open("127.0.0.1:0")
	t.Cleanup(s.away)
	return s
}

// url is the setting that leads to the sink.
func (s *sink) url() string { return "smtp://" + s.address }

func (s *sink) open(address string) {
	s.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		s.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{sink: s}, nil }))
	server.Domain, server.ErrorLog = "sink.example", log.New(io.Discard, "", 0)
	s.lock.Lock()
	defer s.lock.Unlock()
	s.address = listener.Addr().String()
	s.stop = func() { listener.Close(); server.Close() }
	go server.Serve(listener)
}

func (s *sink) away() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.stop()
}

func (s *sink) back() { s.Helper(); s.open(s.address) }

func (s *sink) mails() []received {
	s.lock.Lock()
	defer s.lock.Unlock()
	return append([]received(nil), s.got...)
}

// session is one conversation with the sink.
type session struct {
	sink *sink
	one  received
}

func (s *session) Reset()        { s.one = received{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.one.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.sink.lock.Lock()
	defer s.sink.lock.Unlock()
	for prefix, refusal := range s.sink.refuse {
		if strings.HasPrefix(to, prefix) {
			return refusal
		}
	}
	s.one.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.one.raw = string(raw)
	if err := s.one.parse(); err != nil {
		return err
	}
	s.sink.lock.Lock()
	defer s.sink.lock.Unlock()
	s.sink.got = append(s.sink.got, s.one)
	return nil
}

// parse takes a mail apart: exactly one text and one HTML, as alternatives.
func (m *received) parse() error {
	message, err := mail.ReadMessage(strings.NewReader(m.raw))
	if err != nil {
		return err
	}
	m.header = message.Header
	kind, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return &smtp.SMTPError{Code: 554, Message: "no alternatives: " + kind}
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(quotedprintable.NewReader(part)); err != nil {
			return err
		}
		text := strings.ReplaceAll(body.String(), "\r\n", "\n")
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "text/plain":
			m.text += text
		case "text/html":
			m.html += text
		}
	}
}

// subject is the subject as people read it.
func (m received) subject() string {
	decoded, err := new(mime.WordDecoder).DecodeHeader(m.header.Get("Subject"))
	if err != nil {
		return err.Error()
	}
	return decoded
}
