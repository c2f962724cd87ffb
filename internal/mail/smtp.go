package mail

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Sender sends a mail. Every error is a Failure.
type Sender interface {
	Send(ctx context.Context, m Mail) error
}

// sendTime limits the whole conversation with a mail server. RFC 5321 (4.5.3.2)
// allows minutes for each line, but a server that needs them is as good as down, and
// the mail is tried again.
const sendTime = 30 * time.Second

// SMTP sends mails through a mail server.
type SMTP struct {
	host    string
	from    mail.Address
	options []gomail.Option
}

// Ports for mail submission (RFC 8314).
const (
	portPlain  = 587 // upgraded to TLS by STARTTLS
	portSecure = 465 // TLS from the first byte
)

// NewSMTP returns a sender for the URL of a mail server, such as
// smtps://user:password@mail.example:465, and a From address. Without a name, mails
// come in that of the site. It does not connect before a mail is sent; the error is that one of the two
// cannot be parsed.
func NewSMTP(server, from string) (*SMTP, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("the address of the mail server cannot be read") // it may hold a password, so it is not repeated
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the sender of mails cannot be read: %w", err)
	}
	s := &SMTP{host: u.Hostname(), from: *sender, options: []gomail.Option{gomail.WithTimeout(sendTime)}}
	port := portPlain
	if u.Scheme == "smtps" {
		port = portSecure
		s.options = append(s.options, gomail.WithSSL())
	} else {
		s.options = append(s.options, gomail.WithTLSPolicy(policy(u)))
	}
	if given, err := strconv.Atoi(u.Port()); err == nil {
		port = given
	}
	s.options = append(s.options, gomail.WithPort(port))
	if password, ok := u.User.Password(); ok {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return s, nil
}

// policy demands TLS wherever a password would travel over a network.
func policy(u *url.URL) gomail.TLSPolicy {
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.User != nil && !local {
		return gomail.TLSMandatory
	}
	return gomail.TLSOpportunistic
}

// Send sends one mail on a connection of its own: mails are few, and an idle
// connection is one more thing to break.
func (s *SMTP) Send(ctx context.Context, m Mail) error {
	message, err := s.message(m)
	if err != nil {
		return Failure{Class: Faulty}
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return Failure{Class: Unwelcome}
	}
	err = client.DialAndSendWithContext(ctx, message)
	if err == nil || message.IsDelivered() { // an error after delivery is no reason to send it twice
		return nil
	}
	return failure(err)
}

// message builds the message with its envelope. Addresses are parsed again here and
// the subject is encoded, so that no value can inject a header.
func (s *SMTP) message(m Mail) (*gomail.Msg, error) {
	message := gomail.NewMsg()
	sender := mail.Address{Name: cmp.Or(s.from.Name, m.From), Address: s.from.Address}
	if err := message.From(sender.String()); err != nil {
		return nil, err
	}
	if err := message.To(m.To); err != nil {
		return nil, err
	}
	message.Subject(m.Subject)
	message.SetMessageIDWithValue(m.ID)
	message.SetDate()
	message.SetGenHeader(gomail.HeaderContentLang, m.Tag)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no auto-replies
	if m.Stop != "" {
		message.SetGenHeader("List-Unsubscribe", "<"+m.Stop+">")
		message.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") // RFC 8058
	}
	message.SetBodyString(gomail.TypeTextPlain, m.Text)
	message.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return message, nil
}
