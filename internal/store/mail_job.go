package store

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// MailKind says what a mail is about.
type MailKind string

// The kinds of mails. Their words are messages "mail.<kind>.…".
const (
	MailSubmitted  MailKind = "submitted"         // to the assignee, else to every editor
	MailAssigned   MailKind = "assigned"          // to the assignee
	MailWithdrawn  MailKind = "withdrawn"         // to the assignee
	MailAnswered   MailKind = "answered"          // to the assignee
	MailChanges    MailKind = "changes_requested" // to the authors, as those below
	MailCorrected  MailKind = "corrected"
	MailApproved   MailKind = "approved"
	MailRejected   MailKind = "rejected"
	MailReopened   MailKind = "reopened"
	MailInvitation MailKind = "invitation" // to who is to join; Token is needed
	MailCoAuthor   MailKind = "co_author"  // to who is to help with a draft; Token is needed where the account is new
	MailReset      MailKind = "reset"      // to who has forgotten the password; Token is needed
)

// MailKinds lists all kinds.
var MailKinds = []MailKind{MailSubmitted, MailAssigned, MailWithdrawn, MailAnswered, MailChanges, MailCorrected,
	MailApproved, MailRejected, MailReopened, MailInvitation, MailCoAuthor, MailReset}

// MailJob is a mail to one person that waits to be sent. It holds numbers only:
// names, addresses, texts and secrets are looked up or made when it is sent.
type MailJob struct {
	Mail       MailKind      `json:"mail"`
	To         account.ID    `json:"to"`
	Submission submission.ID `json:"submission,omitempty"`
	Review     int64         `json:"review,omitempty"` // whose comments or reason are told
	Token      int64         `json:"token,omitempty"`  // row of account_token for which a secret is to be made
	By         account.ID    `json:"by,omitempty"`     // who did what the mail tells
}

// Kind names this sort of job in the queue.
func (MailJob) Kind() string { return "mail" }

// MailTries is how often a mail is tried. With the waits of MailWait that is
// five days, as long as RFC 5321 (4.5.4.1) wants a mail server to be waited for.
const MailTries = 128

// Waits between tries to send a mail: a server that restarts is back within a
// minute; one that stays away is not asked more than once an hour.
const (
	firstMailWait = 10 * time.Second
	mostMailWait  = time.Hour
)

// MailWait is how long a mail waits after that many tries, doubling until it
// is an hour.
func MailWait(tries int) time.Duration {
	wait := firstMailWait
	for range tries - 1 {
		if wait *= 2; wait >= mostMailWait {
			return mostMailWait
		}
	}
	return wait
}

// InsertOpts says how such jobs wait.
func (MailJob) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: MailTries} }

// inserter puts jobs into whatever transaction it is given. It works none, so
// it needs no connections of its own.
var inserter = sync.OnceValues(func() (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(nil), &river.Config{Logger: silent})
})

// silent is a log for libraries whose failures are returned anyway.
var silent = slog.New(slog.DiscardHandler)

// queueMail queues a mail in the transaction of the change that it tells: both
// are written, or neither.
func queueMail(ctx context.Context, tx pgx.Tx, job MailJob) error {
	client, err := inserter()
	if err != nil {
		return err
	}
	_, err = client.InsertTx(ctx, tx, job, nil)
	return err
}

// Queue is the queue as those see it who work its jobs, over this store's
// connections. Nothing is worked before it is started.
func (s *Queue) Client(settings *river.Config) (*river.Client[pgx.Tx], error) {
	return river.NewClient(riverpgxv5.New(s.pool), settings)
}
