// Package enquiry is what residents say to those behind a practice: a problem that they
// report to the desk, a question that they ask its city. It knows who may do what with
// it, and nothing of forms, mails or where it is kept.
package enquiry

import (
	"errors"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// Kind is what somebody wants.
type Kind string

// The kinds.
const (
	Report   Kind = "report"   // a problem, for editors
	Question Kind = "question" // for the officers of the practice's cities
)

// Kinds lists them in the order in which they are offered.
var Kinds = []Kind{Report, Question}

// Cause is what is wrong, of a report.
type Cause string

// The causes.
const (
	WrongFact Cause = "wrong_fact"
	DeadLink  Cause = "dead_link"
	Offensive Cause = "offensive" // or tells of somebody what should not be public
	Copyright Cause = "copyright"
	Other     Cause = "other"
)

// Causes lists them in the order in which they are offered.
var Causes = []Cause{WrongFact, DeadLink, Offensive, Copyright, Other}

// Known reports whether the cause is one of the list.
func (c Cause) Known() bool { return slices.Contains(Causes, c) }

// State is where an enquiry stands.
type State string

// The states.
const (
	Open     State = "open"
	Answered State = "answered"
	Closed   State = "closed" // without an answer
)

// States lists them in the order in which filters offer them.
var States = []State{Open, Answered, Closed}

// Bounds of enquiries.
const (
	MaxWords   = 3_000 // characters: a page, of words and of an answer
	MaxReason  = 500   // characters: why one is closed
	MaxOpen    = 20    // open ones of one practice: who fills its box reaches no other
	MaxOpenAll = 1_000 // open ones of all: more than that no desk reads
)

// How long what residents wrote is kept.
const (
	KeepMail  = 14 * 24 * time.Hour  // the address after the end: a mail is tried for five days, and once more if that failed
	KeepOpen  = 365 * 24 * time.Hour // the address of one that nobody answers
	KeepWords = 365 * 24 * time.Hour // the whole of what has ended and is not published
)

// ErrFull is the error for too many open enquiries.
var ErrFull = errors.New("too many open enquiries")

// Enquiry is what somebody has reported or asked. It does not hold the address of who
// did, so that no page can show it.
type Enquiry struct {
	ID             int64
	Kind           Kind
	Practice       int64 // number
	Cause          Cause
	Language       practice.Language // of the words
	Words          string
	Reachable      bool // whether there is an address for the answer
	State          State
	Version        int // counts changes
	Written        time.Time
	Done           time.Time // when answered or closed; zero for an open one
	Answer         string
	AnswerLanguage practice.Language
	AnsweredBy     string    // name; empty for nobody and for erased people
	Published      time.Time // below the practice; zero for not
	PublicWords    string    // as they stand there
	PublicAnswer   string

	Slug          string // of the practice
	Title         string
	TitleLanguage practice.Language
	Cities        []account.City
}

// Public reports whether it stands below the practice.
func (e Enquiry) Public() bool { return !e.Published.IsZero() }
