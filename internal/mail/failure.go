package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"slices"
	"strconv"
	"strings"

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
		return Failure{rejection(code, reply(sending)), code}
	default:
		return Failure{Unwelcome, code}
	}
}

// enhanced finds the subject and the detail of an enhanced status code (RFC 3463, 3) at
// the beginning of a line, or behind a "#" as qmail writes it. Subject 1 is an address, 2
// the mailbox, 7 a policy; 0 says nothing. What has a fourth number is an address of IP.
var enhanced = regexp.MustCompile(`(?m)(?:^|#)5\.([1-9]\d{0,2})\.(\d{1,3})(?:[^.\d]|\.\D|\.?$)`)

// What replies without such a code, or with a vague one, say in words.
var (
	addresses = regexp.MustCompile(`<[^<>]*>|\S+@\S+`) // they are no words: somebody may be called unknown.user
	ofSender  = regexp.MustCompile(`(?i)\bsender\b|\bmail from\b|\breturn[- ]path\b`)
	isFull    = regexp.MustCompile(`(?i)\bquota\b|\bmailbox (is )?full\b`)
	// nobody says that there is no such mailbox, as mail servers do: "user unknown", "no
	// such user here", "the account that you tried to reach does not exist", Exim's
	// "unrouteable address". The plural is told to those who have tried too often. Not in
	// it is "mailbox unavailable", the standard's phrase for a policy too.
	nobody = regexp.MustCompile(`(?i)\b(no such|unknown|invalid) (local )?(user|recipient|mailbox|account|addressee|local[- ]part)\b|` +
		`\bno such (person|address)\b|\bno (mailbox|account|user) (here|by (that|this) name)\b|\bunrouteable address\b|` +
		`\b(user|recipient|mailbox|account|addressee)( is)? (unknown|invalid|not known|not found)\b|` +
		`\b(user|recipient|mailbox|account|addressee)\b[\w\s-]{0,40}\b(does not|doesn['’]t|no longer) exists?\b`)
)

// receiverFault reports whether a detail of subject 1 blames the receiver: no such
// mailbox, no such domain, bad form, ambiguous, moved, and a domain that takes no mail
// (RFC 7505). Others blame the sender, as 5.1.7 and 5.1.8, which many servers say only
// when they are told the receiver.
func receiverFault(detail string) bool {
	return slices.Contains([]string{"1", "2", "3", "4", "6", "10"}, detail)
}

// rejection is the class of a reply that rejects a receiver or a mail for good. Only a
// wrong address stays wrong: a mailbox is emptied, and a policy against this site is
// changed by whoever runs it, so other mails must not be given up at once. In doubt it is
// the policy: a mail too many is tried for some days, while one too few is lost.
func rejection(code int, reply string) Class {
	for _, found := range enhanced.FindAllStringSubmatch(reply, -1) {
		switch subject, detail := found[1], found[2]; {
		case subject == "1" && detail == "0": // some address: the words say which
		case subject == "1" && receiverFault(detail):
			return Refused
		case subject == "2":
			return Busy
		default:
			return Unwelcome
		}
	}
	switch words := addresses.ReplaceAllString(reply, ""); {
	case ofSender.MatchString(words):
		return Unwelcome
	case code == 552, isFull.MatchString(words): // RFC 5321, 4.2.3
		return Busy
	case nobody.MatchString(words):
		return Refused
	}
	return Unwelcome
}

// reply is what the server said, its lines without the code of three digits. The library
// shows it only within its own words, and newer versions of Go in quotation marks.
func reply(e *gomail.SendError) string {
	_, said, _ := strings.Cut(e.Error(), ": ") // behind what was being sent
	if _, words, found := strings.Cut(said, " "); found {
		said = words
	}
	if quoted, err := strconv.QuotedPrefix(said); err == nil {
		if said, err = strconv.Unquote(quoted); err == nil {
			return said
		}
	}
	said, _, _ = strings.Cut(said, ", affected ")
	return said
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
