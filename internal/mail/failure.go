package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// Class says in a word why a mail was not sent. Mail servers' own replies often
// repeat the address, so they are neither stored nor shown.
type Class string

// The classes. Their words are messages "mails.class.<class>".
const (
	Away      Class = "away"      // the server cannot be reached, or closed the connection
	Busy      Class = "busy"      // it asks to try again later
	Refused   Class = "refused"   // it rejects this receiver or this mail for good
	Unwelcome Class = "unwelcome" // it rejects this site: the settings or the server are wrong
	Faulty    Class = "faulty"    // the mail could not be composed
)

// Classes lists the classes.
var Classes = []Class{Away, Busy, Refused, Unwelcome, Faulty}

// Failure is why a mail was not sent.
type Failure struct {
	Class Class
	Code  int // SMTP code of the server's reply; 0 for none
}

// Error returns the class and the code, without any address.
func (f Failure) Error() string {
	if f.Code == 0 {
		return string(f.Class)
	}
	return fmt.Sprintf("%s %d", f.Class, f.Code)
}

// Final reports whether another attempt would fail the same way.
func (f Failure) Final() bool { return f.Class == Refused }

// failure classifies an error of the mail library.
func failure(err error) Failure {
	var sending *gomail.SendError
	if !errors.As(err, &sending) {
		return dialogueFailure(err)
	}
	code := sending.ErrorCode()
	aboutMail := sending.Reason == gomail.ErrSMTPRcptTo || sending.Reason == gomail.ErrSMTPData || sending.Reason == gomail.ErrSMTPDataClose
	switch {
	case code == 0:
		return Failure{Class: Away}
	case code < 500:
		return Failure{Busy, code}
	case aboutMail:
		return Failure{Refused, code}
	}
	return Failure{Unwelcome, code}
}

// dialogueFailure classifies an error before the mail itself: when connecting, in
// the greeting, in STARTTLS or when logging in.
func dialogueFailure(err error) Failure {
	var answer *textproto.Error
	var network net.Error
	switch {
	case errors.As(err, &answer) && answer.Code >= 500:
		return Failure{Unwelcome, answer.Code}
	case errors.As(err, &answer):
		return Failure{Busy, answer.Code}
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return Failure{Class: Away}
	}
	return Failure{Class: Unwelcome}
}
