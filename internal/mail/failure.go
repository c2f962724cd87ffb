package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// Class says in a word why a mail was not handed over. What mail servers say
// themselves often repeats the address, so it is neither kept nor shown.
type Class string

// The classes. Their words are messages "mails.class.<class>".
const (
	Away      Class = "away"      // the server cannot be reached, or breaks off
	Busy      Class = "busy"      // it asks to come later
	Refused   Class = "refused"   // it takes no mail for this receiver, or not this mail; it will not later either
	Unwelcome Class = "unwelcome" // it takes no mail from us: settings or the server are wrong
	Faulty    Class = "faulty"    // the mail could not be written
)

// Classes lists the classes.
var Classes = []Class{Away, Busy, Refused, Unwelcome, Faulty}

// Failure is why a mail was not handed over.
type Failure struct {
	Class Class
	Code  int // of the server's answer; 0 for none
}

// Error is the class and the code, without any address.
func (f Failure) Error() string {
	if f.Code == 0 {
		return string(f.Class)
	}
	return fmt.Sprintf("%s %d", f.Class, f.Code)
}

// Final reports whether another try would end the same way.
func (f Failure) Final() bool { return f.Class == Refused }

// failure is what an error of the mail library comes to.
func failure(err error) Failure {
	var sending *gomail.SendError
	if !errors.As(err, &sending) {
		return ofDialogue(err)
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

// ofDialogue is what an error before the mail itself comes to: at the door, in
// the greeting, in making the line safe, in saying who we are.
func ofDialogue(err error) Failure {
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
