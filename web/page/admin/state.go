package admin

import (
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// StateInput is what is known of the state of the site.
type StateInput struct {
	At       time.Time // when it was so
	Troubles []Trouble
	Version  string // of the program that answers
	Postgres string // its version
	Schema   int64  // the last migration
	Bytes    int64  // of the database
	Standbys int
	Lag      time.Duration // of the slowest standby
	Reading  string        // which server residents read from, as message "state.reading.<server>"; empty where there is one only
	Nodes    []Node        // all programs; empty if that is not known
	Mails    MailState
	Backup   time.Time // when the last one was made; zero for never
	Trial    time.Time // when one was restored on trial; zero for never
	Disk     bool      // whether Free and Size are known
	Free     int64     // bytes on the disk where uploaded files lie
	Size     int64
	Slowest  []Route
}

// Node is a program that serves the site. What is said of its Condition are messages
// "state.node.<condition>".
type Node struct {
	Name      string
	Version   string
	Build     string
	Condition string
	Seen      time.Time
}

// MailState counts unsent mails.
type MailState struct {
	Waiting, Retrying, GivenUp int

	Oldest time.Time // when the one was written that waits longest
	Server string    // whether there is one, as a message
}

// Trouble is something that somebody has to see to. Its words are messages
// "state.trouble.<kind>" and "state.advice.<kind>".
type Trouble struct {
	Kind string
	Name string // of the node
}

// Route is how long pages took that one entry of the routing table answered.
type Route struct {
	Pattern string
	Times   int
	Mean    time.Duration
	Most    time.Duration
}

// State is the page of the state of the site.
type State struct {
	StateInput
	Meta frame.Meta
}

// NewState makes the page.
func NewState(l *locale.Locale, f frame.Frame, in StateInput) State {
	p := State{StateInput: in}
	p.Meta = adminMeta(f, l.T("state.title"), link.State(l.Tag()))
	return p
}

// when writes a time, or that it never was.
func when(l *locale.Locale, t time.Time) string {
	if t.IsZero() {
		return l.T("state.never")
	}
	return component.Stamp(l, t)
}

// size writes a size on a disk.
func size(l *locale.Locale, bytes int64) string {
	const megabyte, gigabyte = 1_000_000, 1_000_000_000
	if bytes < gigabyte {
		return l.T("state.megabytes", "Size", l.Number(int(bytes/megabyte)))
	}
	return l.T("state.gigabytes", "Size", l.Tenths(int(bytes*10/gigabyte)))
}

// milliseconds writes how long something took; what took less than one took one.
func milliseconds(l *locale.Locale, d time.Duration) string {
	return l.Number(int((d + time.Millisecond - 1) / time.Millisecond))
}
