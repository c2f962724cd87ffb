package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"

	gomail "github.com/wneessen/go-mail"
)

// Class says in a word why a mail was not sent. Mail servers' own replies often
// repeat the address, so they are neither stored nor shown.
type Class string

// The classes. Their words are messages "mails.class.<class>".
const (
	Away      Class = "away"      // the server cannot be reached, or closed the connection
	Busy      Class = "busy"      // it asks to try again later
	Refused   Class = "refused"   // it rejects this receiver for good
	Unwelcome Class = "unwelcome" // it rejects this site or its mails: the settings or the server are wrong
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
	switch code := sending.ErrorCode(); {
	case code == 0:
		return Failure{Class: Away}
	case code < 500:
		return Failure{Busy, code}
	case sending.Reason == gomail.ErrSMTPRcptTo || sending.Reason == gomail.ErrSMTPData || sending.Reason == gomail.ErrSMTPDataClose:
		return Failure{rejection(code, sending.Error()), code}
	default:
		return Failure{Unwelcome, code}
	}
}

// enhanced finds the subject of an enhanced status code (RFC 3463, 3) in a reply: 1 is
// the address, 2 the mailbox, 7 a policy; 0 says nothing.
var enhanced = regexp.MustCompile(`\b5\d\d[ -]"?5\.([1-9]\d{0,2})\.\d{1,3}\b`)

// rejection is the class of a reply that rejects a receiver or a mail for good. Only a
// wrong address stays wrong: a mailbox is emptied, and a policy against this site is
// changed by whoever runs it, so other mails must not be given up at once.
func rejection(code int, reply string) Class {
	if found := enhanced.FindStringSubmatch(reply); found != nil {
		switch found[1] {
		case "1":
			return Refused
		case "2":
			return Busy
		}
		return Unwelcome
	}
	switch code { // RFC 5321, 4.2.3
	case 550, 551, 553:
		return Refused
	case 552:
		return Busy
	}
	return Unwelcome
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
