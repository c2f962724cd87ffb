package job_test

import (
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"exempla/internal/mail"
)

// sent sends a mail through the server at a URL.
func sent(t *testing.T, server string, m mail.Mail) error {
	t.Helper()
	sender, err := mail.NewSMTP(server, "Exempla <exempla@city.example>")
	if err != nil {
		t.Fatal(err)
	}
	return sender.Send(t.Context(), m)
}

func plain(to string) mail.Mail {
	return mail.Mail{ID: "a.1@city.example", To: to, Tag: "en", Subject: "Subject", Text: "Text\n", HTML: "<p>Text</p>"}
}

// Whatever a value holds, it cannot add a header or a receiver.
func TestHeaderInjection(t *testing.T) {
	t.Parallel()
	s := openSink(t)
	hostile := "a@city.example\r\nBcc: b@city.example\r\n\r\nBody"
	for what, change := range map[string]func(*mail.Mail){
		"subject": func(m *mail.Mail) { m.Subject = hostile },
		"to":      func(m *mail.Mail) { m.To = hostile },
		"two":     func(m *mail.Mail) { m.To = "a@city.example, b@city.example" },
		"id":      func(m *mail.Mail) { m.ID = hostile },
		"tag":     func(m *mail.Mail) { m.Tag = hostile },
	} {
		m := plain("a@city.example")
		change(&m)
		if err := sent(t, s.url(), m); err != nil && err.Error() != "faulty" {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, m := range s.mails() {
		if m.header.Get("Bcc") != "" || m.to != "a@city.example" || strings.HasPrefix(m.text, "Body") {
			t.Errorf("a header was added:\n%s", m.raw)
		}
	}
}

func TestClassesOfFailures(t *testing.T) {
	t.Parallel()
	s := openSink(t)
	s.refuse["gone@"] = &smtp.SMTPError{Code: 550, Message: "<gone@city.example> no such user"}
	s.refuse["later@"] = &smtp.SMTPError{Code: 450, Message: "<later@city.example> later"}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, c := range []struct {
		server, to string
		want       mail.Failure
	}{
		{s.url(), "gone@city.example", mail.Failure{Class: mail.Refused, Code: 550}},
		{s.url(), "later@city.example", mail.Failure{Class: mail.Busy, Code: 450}},
		{s.url(), "not an address", mail.Failure{Class: mail.Faulty}},
		{"smtp://" + closed.Addr().String(), "a@city.example", mail.Failure{Class: mail.Away}},
		{"smtps://" + s.address, "a@city.example", mail.Failure{Class: mail.Unwelcome}},            // the server speaks no TLS
		{"smtp://user:secret@" + s.address, "a@city.example", mail.Failure{Class: mail.Unwelcome}}, // nor knows users
	} {
		var got mail.Failure
		if err := sent(t, c.server, plain(c.to)); !errors.As(err, &got) || got != c.want {
			t.Errorf("%s: %v, want %v", c.to, err, c.want)
		}
		if strings.Contains(got.Error(), "@") {
			t.Errorf("an address is repeated: %v", got)
		}
	}
	if err := sent(t, s.url(), plain("a@city.example")); err != nil || len(s.mails()) != 1 {
		t.Errorf("%v, %d mails", err, len(s.mails()))
	}
}
