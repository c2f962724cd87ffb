package store_test

import (
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// told lists who gets a mail of a kind.
func (d *desk) told(kind store.MailKind) (people []account.ID) {
	d.Helper()
	for _, job := range d.jobs(kind) {
		people = append(people, job.To)
	}
	return people
}

// Who has submitted gets a receipt, and nobody else.
func TestReceipt(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	jobs := d.jobs(store.MailReceived)
	if len(jobs) != 1 || jobs[0].To != ana.ID || d.letter(jobs[0]).Submission.ID != s.ID {
		t.Errorf("receipts: %+v", jobs)
	}
}

// What nobody has taken concerns every editor, also when it is withdrawn.
func TestWithdrawnBeforeAnybodyTookIt(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.take(d.submitted("A desk"), step(submission.Withdraw, ana))
	if told := d.told(store.MailWithdrawn); len(told) < 2 {
		t.Errorf("told %v, want every editor", told)
	}
	d = openDesk(t)
	s := d.submitted("Another desk")
	assign := step(submission.Assign, kim)
	assign.Assignee = kim.ID
	d.take(d.take(s, assign), step(submission.Withdraw, ana))
	if told := d.told(store.MailWithdrawn); len(told) != 1 || told[0] != kim.ID {
		t.Errorf("told %v, want the assignee", told)
	}
}

// Translators learn that the original has changed, once.
func TestOutdatedTranslation(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	original := d.approved("A desk")
	again := func(kind submission.Kind, language string, title string) {
		p := load(t, d.Store, original.Slug)
		begun := submission.Submission{Kind: kind, Practice: original.Practice, BaseRevision: p.Revision, Slug: p.Slug, Content: text(title)}
		begun.Language = p.Texts[0].Language
		if language != "" {
			begun.Language = "fr"
		}
		s := d.take(d.begin(begun), step(submission.Submit, ana))
		approve := step(submission.Approve, kim)
		approve.Seen = p.Revision
		d.take(s, approve)
	}
	again(submission.Translation, "fr", "Un bureau")
	if told := d.told(store.MailOutdated); len(told) != 0 {
		t.Fatalf("told %v of a new translation", told)
	}
	again(submission.Change, "", "A new desk")
	jobs := d.jobs(store.MailOutdated)
	if len(jobs) != 1 || jobs[0].To != ana.ID {
		t.Fatalf("told %+v", jobs)
	}
	if l := d.letter(jobs[0]); l.Practice.Title != "Un bureau" || l.Practice.Language != "fr" || l.Practice.Slug != original.Slug {
		t.Errorf("letter: %+v", l.Practice)
	}
	again(submission.Change, "", "A newer desk")
	if told := d.told(store.MailOutdated); len(told) != 1 {
		t.Errorf("told again of what was outdated before: %v", told)
	}
}

// A change of how an account is signed in to is told to its owner, as is a new role.
func TestOwnersAreToldOfChanges(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	owner := store.Owner{Account: ana.ID, At: tuesday}
	for kind, change := range map[store.MailKind]func() error{
		store.MailPassword: func() error { return d.Credentials.ChangePassword(t.Context(), owner, "hash") },
		store.MailSecondOn: func() error {
			return d.Credentials.SetSecondFactor(t.Context(), owner, store.SecondFactor{Secret: "x"})
		},
		store.MailSecondOff: func() error { return d.Credentials.RemoveSecondFactor(t.Context(), owner) },
		store.MailPasskeyAdded: func() error {
			return d.Credentials.AddPasskey(t.Context(), owner, store.Passkey{Credential: []byte("x"), Record: []byte("{}"), Created: monday})
		},
		store.MailCities: func() error {
			return d.Accounts.Change(t.Context(), ana.ID, account.Account{Role: ana.Role, Also: ana.Also, Cities: []account.City{account.NewCity("DE", "Munich")}}, store.Actor{By: mia.ID, At: tuesday})
		},
		store.MailRole: func() error {
			return d.Accounts.Change(t.Context(), ana.ID, account.Account{Role: account.Editor}, store.Actor{By: mia.ID, At: tuesday})
		},
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		jobs := d.jobs(kind)
		if len(jobs) != 1 || jobs[0].To != ana.ID {
			t.Errorf("%s: told %+v", kind, jobs)
		} else if l := d.letter(jobs[0]); l.To.Role == "" {
			t.Errorf("%s: letter %+v", kind, l)
		}
	}
}
