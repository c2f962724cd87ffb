package store

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// MailKind is what a mail is about.
type MailKind string

// The kinds of mails. Their wordings are messages "mail.<kind>.…".
const (
	MailSubmitted     MailKind = "submitted"         // to the assignee, or to every editor
	MailReceived      MailKind = "received"          // to the person who has submitted
	MailAssigned      MailKind = "assigned"          // to the assignee
	MailApprovedFirst MailKind = "approved_first"    // to the assignee, or to every editor who may approve too
	MailWithdrawn     MailKind = "withdrawn"         // to the assignee, or to every editor
	MailAnswered      MailKind = "answered"          // to the assignee, and to who has asked
	MailDecided       MailKind = "decided"           // to the assignee, when another editor decides
	MailChanges       MailKind = "changes_requested" // to the authors, as those below
	MailCorrected     MailKind = "corrected"
	MailApproved      MailKind = "approved"
	MailRejected      MailKind = "rejected"
	MailReopened      MailKind = "reopened"
	MailArchived      MailKind = "archived" // needs Practice, as those below
	MailRestored      MailKind = "restored"
	MailTextCorrected MailKind = "text_corrected" // to the officers of a practice; needs Submission
	MailOutdated      MailKind = "outdated"       // to the authors of a translation; needs Language
	MailInvitation    MailKind = "invitation"     // to the person invited; needs Token
	MailCoAuthor      MailKind = "co_author"      // to a new author of a draft; needs Token if the account is new
	MailRemoved       MailKind = "removed_author"
	MailReset         MailKind = "reset" // to a person who has forgotten the password; needs Token
	MailRole          MailKind = "role_changed"
	MailCities        MailKind = "cities_changed"
	MailDisabled      MailKind = "account_disabled"
	MailEnabled       MailKind = "account_enabled"
	MailReminder      MailKind = "reminder"      // as MailSubmitted; needs Due
	MailDigest        MailKind = "digest"        // what somebody does not want at once; needs Events
	MailNewAddress    MailKind = "new_address"   // to the address that an account is to have; needs Token
	MailAddressTaken  MailKind = "address_taken" // to the owner of an account whose address another one asked for
	MailEnquiry       MailKind = "enquiry"       // to editors: a report, or a question that no officer answers; needs Enquiry, as those below
	MailQuestion      MailKind = "question"      // to the officers of a city
	MailReply         MailKind = "reply"         // to who asked, who has no account
	MailClosed        MailKind = "closed"        // likewise, without an answer
	MailFollow        MailKind = "follow"        // to a reader who wants to follow a selection; needs Link
	MailAlert         MailKind = "alert"         // news of it; needs Link, Practices and After
)

// The kinds of mails about how an account is signed in to. They go to its owner,
// who learns in this way of what somebody else has done.
const (
	MailPassword       MailKind = "password_changed"
	MailSecondOn       MailKind = "second_factor_on"
	MailSecondOff      MailKind = "second_factor_off"
	MailSecondReset    MailKind = "second_factor_reset"
	MailRecoveryUsed   MailKind = "recovery_code_used"
	MailPasskeyAdded   MailKind = "passkey_added"
	MailPasskeyRemoved MailKind = "passkey_removed"
	MailIdentity       MailKind = "identity_linked"
	MailOldAddress     MailKind = "old_address" // another address is asked for; needs Token
	MailAddressChanged MailKind = "address_changed"
)

// safety lists the kinds above.
var safety = []MailKind{MailPassword, MailSecondOn, MailSecondOff, MailSecondReset, MailRecoveryUsed, MailPasskeyAdded,
	MailPasskeyRemoved, MailIdentity, MailOldAddress, MailAddressChanged}

// AboutSigningIn reports whether the mail tells of a change of how an account is
// signed in to.
func (k MailKind) AboutSigningIn() bool { return slices.Contains(safety, k) }

// MailKinds lists all kinds.
var MailKinds = []MailKind{MailSubmitted, MailReceived, MailAssigned, MailApprovedFirst, MailWithdrawn, MailAnswered, MailDecided, MailChanges, MailCorrected,
	MailApproved, MailRejected, MailReopened, MailArchived, MailRestored, MailTextCorrected, MailOutdated, MailInvitation, MailCoAuthor, MailRemoved, MailReset,
	MailRole, MailCities, MailDisabled, MailEnabled, MailReminder, MailDigest, MailNewAddress, MailAddressTaken, MailEnquiry, MailQuestion, MailReply, MailClosed, MailFollow, MailAlert, MailPassword, MailSecondOn, MailSecondOff, MailSecondReset,
	MailRecoveryUsed, MailPasskeyAdded, MailPasskeyRemoved, MailIdentity, MailOldAddress, MailAddressChanged}

// MailJob is a mail to one person that waits to be sent. It holds IDs only:
// names, addresses and texts are loaded, and secrets made, when it is sent.
type MailJob struct {
	Mail       MailKind       `json:"mail"`
	To         account.ID     `json:"to"` // 0 for somebody without an account
	Submission submission.ID  `json:"submission,omitempty"`
	Review     int64          `json:"review,omitempty"` // whose comments or reason the mail contains
	Practice   int64          `json:"practice,omitempty"`
	Language   string         `json:"language,omitempty"` // of the text of the practice; empty for the original
	Enquiry    int64          `json:"enquiry,omitempty"`
	Token      int64          `json:"token,omitempty"`     // row of account_token that needs a secret
	By         account.ID     `json:"by,omitempty"`        // who did what the mail is about
	Due        time.Time      `json:"due,omitzero"`        // the end of the usual time to decide
	Since      time.Time      `json:"since,omitzero"`      // of an event in a digest: when it was
	Gained     []account.Role `json:"gained,omitempty"`    // roles that the receiver has now
	Lost       []account.Role `json:"lost,omitempty"`      // and no longer
	Events     []MailJob      `json:"events,omitempty"`    // of a digest, oldest first
	Link       int64          `json:"link,omitempty"`      // row of subscription_link that needs a secret
	Practices  []int64        `json:"practices,omitempty"` // of an alert, the latest first
	More       int            `json:"more,omitempty"`      // how many it does not list
	After      int64          `json:"after,omitempty"`     // the last change of the catalogue that is no news in it
	Gone       []int64        `json:"gone,omitempty"`      // practices that were archived since the last one
}

// Kind names this type of job in the queue.
func (MailJob) Kind() string { return "mail" }

// MailTries is how often a mail is tried. With the delays of MailWait that is
// five days, as long as RFC 5321 (4.5.4.1) recommends.
const MailTries = 128

// Delays between attempts to send a mail: a server that restarts is back within
// a minute; one that stays away is not asked more than once an hour.
const (
	firstMailWait = 10 * time.Second
	mostMailWait  = time.Hour
)

// MailWait returns the delay after that many attempts. It doubles until it is
// an hour.
func MailWait(tries int) time.Duration {
	wait := firstMailWait
	for range tries - 1 {
		if wait *= 2; wait >= mostMailWait {
			return mostMailWait
		}
	}
	return wait
}

// InsertOpts sets how often the queue tries such a job.
func (MailJob) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: MailTries} }

// inserter adds jobs within the transaction that it is given. It works no jobs
// itself, so that it needs no connections.
var inserter = sync.OnceValues(func() (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: silent})
})

// silent is a logger for libraries that return their errors anyway.
var silent = slog.New(slog.DiscardHandler)

// OutsideQueue is where mails to people without an account wait: programs that know
// nothing of them do not work it.
const OutsideQueue = "outside"

// insertMail adds a mail to the queue within a transaction.
func insertMail(ctx context.Context, tx pgx.Tx, job MailJob) error {
	client, err := inserter()
	if err != nil {
		return err
	}
	options := &river.InsertOpts{}
	switch {
	case job.To == 0:
		options.Queue = OutsideQueue
		if job.Mail == MailAlert {
			options.Priority = alertPriority
		}
	case job.Mail == MailDigest:
		options.Queue = RoundQueue
	}
	_, err = client.InsertTx(ctx, tx, job, options)
	return err
}

// Client returns a client that works the queue's jobs over this store's
// connections. It does nothing before it is started.
func (s *Queue) Client(settings *river.Config) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(s.direct.Pool), settings)
}
