package job

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/mail"
	"exempla/internal/practice"
	"exempla/internal/store"
	asked "exempla/web/page/enquiry"
)

// mailer sends mails.
type mailer struct {
	river.WorkerDefaults[store.MailJob]
	Settings
}

// NextRetry returns when a mail is tried again after a failure.
func (m *mailer) NextRetry(job *river.Job[store.MailJob]) time.Time {
	return time.Now().Add(store.MailWait(job.Attempt))
}

// Work looks up the contents of a mail, composes it and sends it. If the receiver
// has since been disabled or erased, or the subject deleted, the job is done without
// a mail. A mail is sent once, unless the program or the database stops between the
// server's reply and recording it.
func (m *mailer) Work(ctx context.Context, job *river.Job[store.MailJob]) error {
	write := m.toAccount
	if job.Args.Link != 0 {
		write = m.toReader
	}
	letter, err := write(ctx, job.Args)
	if err == nil {
		err = m.send(ctx, job.ID, letter)
	}
	var failure mail.Failure
	switch {
	case errors.Is(err, store.ErrNoRecipient), errors.Is(err, store.ErrNotFound):
		m.Log.Info("a mail is no longer needed", "job", job.ID, "mail", job.Args.Mail)
		return nil
	case errors.As(err, &failure) && failure.Final():
		m.Log.Warn("a mail is given up", "job", job.ID, "mail", job.Args.Mail, "error", failure)
		return river.JobCancel(failure)
	}
	return err
}

// toAccount writes a mail to somebody who has an account.
func (m *mailer) toAccount(ctx context.Context, job store.MailJob) (mail.Letter, error) {
	told, err := m.Store.Queue.Letter(ctx, job)
	if err != nil {
		return mail.Letter{}, err
	}
	var events []mail.Letter
	if job.Mail == store.MailDigest {
		if events, err = m.events(ctx, job); err != nil {
			return mail.Letter{}, err
		}
	}
	// A new secret invalidates the one before, so it is made last: a mail that cannot
	// be written must not break a link that was sent earlier.
	letter, err := m.letter(ctx, job, told)
	letter.Events = events
	return letter, err
}

func (m *mailer) send(ctx context.Context, number int64, letter mail.Letter) error {
	letter.Number, letter.Colours = number, m.Theme.Look().Colours
	written, err := mail.Compose(letter)
	if err != nil {
		return mail.Failure{Class: mail.Faulty}
	}
	return m.Sender.Send(ctx, written)
}

// events are the contents of a digest. What is gone since is left out; if nothing is
// left, the digest is not needed, which is store.ErrNotFound.
func (m *mailer) events(ctx context.Context, digest store.MailJob) ([]mail.Letter, error) {
	var events []mail.Letter
	for _, event := range digest.Events {
		told, err := m.Store.Queue.Letter(ctx, event)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		letter, err := m.letter(ctx, event, told)
		if err != nil {
			return nil, err
		}
		events = append(events, letter)
	}
	if len(events) == 0 {
		return nil, store.ErrNotFound
	}
	return events, nil
}

// localeOf is the language of a mail.
func (s Settings) localeOf(told store.Letter) *locale.Locale {
	return s.localeCalled(told.To.Locale)
}

// localeCalled is the locale of a tag, or the first one if the site does not offer it.
func (s Settings) localeCalled(tag string) *locale.Locale {
	offered := s.Theme.Look().Locales
	if offered.Offers(tag) {
		l, _ := offered.Find(tag)
		return l
	}
	return offered.Offered()[0]
}

// letter is what a mail tells, with the page that it links to.
func (m *mailer) letter(ctx context.Context, job store.MailJob, told store.Letter) (mail.Letter, error) {
	l := m.localeOf(told)
	letter := mail.Letter{Kind: string(job.Mail), To: told.To.Mail, Name: told.To.Name, Locale: l, Site: m.Site, Roles: told.To.Roles(), Cities: told.To.Cities, Gained: job.Gained, Lost: job.Lost,
		Alarm: job.Mail.AboutSigningIn(), Decided: slices.Contains([]store.MailKind{store.MailApproved, store.MailRejected, store.MailDecided}, job.Mail), By: told.By, Cause: told.Cause, Reason: told.Reason, Language: string(told.Language),
		Decision: told.Decision, Again: told.Submission.Round > 1, Title: told.Submission.Content.Title, Until: told.Until, Due: told.Due, Since: job.Since}
	if told.Submission.ID != 0 {
		letter.Reference = told.Submission.Reference()
		letter.Title = cmp.Or(letter.Title, letter.Reference)
	}
	if told.Practice.Slug != "" {
		letter.Title = told.Practice.Title
	}
	if e := told.Enquiry; e.ID != 0 {
		letter.Title, letter.Question, letter.Asked = e.Title, e.Kind == enquiry.Question, e.Written
	}
	if job.Mail == store.MailReply || job.Mail == store.MailClosed {
		letter.Kept = asked.Days(enquiry.KeepMail)
	}
	if job.Mail == store.MailTextCorrected && told.Submission.Correction != nil {
		letter.Changed = told.Submission.Corrected()
	}
	for _, c := range told.Comments {
		letter.Comments = append(letter.Comments, mail.Comment{Part: c.Part, Text: c.Text})
	}
	var err error
	letter.Path, err = m.path(ctx, job, told, l.Tag())
	return letter, err
}

// path returns the page that a mail links to.
func (m *mailer) path(ctx context.Context, job store.MailJob, told store.Letter, tag string) (string, error) {
	if job.Token != 0 {
		secret, err := m.Store.Accounts.LinkSecret(ctx, job.Token, m.Now())
		switch job.Mail {
		case store.MailReset:
			return link.Reset(tag, secret), err
		case store.MailOldAddress, store.MailNewAddress:
			return link.Address(tag, secret), err
		}
		return link.Invitation(tag, secret), err
	}
	if job.Mail.AboutSigningIn() {
		return link.Account(tag, ""), nil
	}
	switch job.Mail {
	case store.MailRole, store.MailCities, store.MailEnabled, store.MailAddressTaken:
		return link.Account(tag, ""), nil
	case store.MailDisabled:
		return link.Page(tag, link.About), nil
	case store.MailEnquiry, store.MailQuestion:
		return link.Enquiry(tag, told.Enquiry.ID), nil
	case store.MailReply, store.MailClosed:
		return link.Practice(tag, told.Enquiry.Slug), nil
	case store.MailDigest:
		return link.Start(tag, told.To.Roles()...), nil
	case store.MailSubmitted, store.MailAssigned, store.MailAnswered, store.MailDecided, store.MailApprovedFirst, store.MailReminder:
		return link.Review(tag, told.Submission.ID), nil
	case store.MailWithdrawn:
		return link.Page(tag, link.DeskPage), nil
	case store.MailRemoved:
		return link.Submissions(tag), nil
	case store.MailApproved, store.MailTextCorrected:
		return m.textPage(tag, told.Submission.Slug, told.Submission.Language), nil
	case store.MailArchived, store.MailRestored, store.MailOutdated:
		return m.textPage(tag, told.Practice.Slug, told.Practice.Language), nil
	}
	return link.Workplace(tag, told.Submission), nil
}

// textPage is the page on which the text that a mail is about is read: in the
// language of the text if the site has it, else in the receiver's, with that text.
func (s Settings) textPage(tag, slug string, language practice.Language) string {
	if s.Theme.Look().Locales.Offers(string(language)) {
		return link.Practice(string(language), slug)
	}
	return link.Text(tag, slug, language)
}
