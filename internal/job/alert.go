package job

import (
	"context"
	"errors"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/mail"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/web/page/browse"
)

// queueAlerts queues what is new or has changed in the selections that readers follow,
// as the snapshot of the catalogue has it. What comes later is for the next time.
func (r *round) queueAlerts(ctx context.Context) error {
	x, subscriptions := r.Catalogue.Index(), r.Store.Subscriptions
	list, err := subscriptions.Due(ctx, x.Change(), r.Now())
	if err != nil {
		return err
	}
	revised := map[int64][]int64{} // since a change; most have been looked at last at the same time
	archived := archives{round: r, catalogue: x}
	for _, due := range list {
		if _, ok := revised[due.After]; !ok {
			if revised[due.After], err = subscriptions.Revised(ctx, due.After, x.Change()); err != nil {
				return err
			}
		}
		news, failed := r.among(ctx, x, due, revised[due.After])
		var gone []int64
		if failed == nil && len(news) > 0 {
			gone, failed = archived.since(ctx, due)
		}
		if failed == nil {
			failed = subscriptions.QueueAlert(ctx, due, news, gone)
		}
		err = errors.Join(err, failed)
	}
	return err
}

// among lists those of some practices that a selection finds, as its page does.
func (r *round) among(ctx context.Context, x *catalogue.Index, due store.Due, numbers []int64) (found []int64, err error) {
	selection := catalogue.ParseAddress(due.Selection)
	l := r.localeCalled(due.Language)
	hits, err := r.Theme.Look().Searcher.Search(ctx, x, selection.Words, practice.Language(l.Tag()))
	if err != nil {
		return nil, err
	}
	has := map[int64]bool{}
	for _, number := range selection.Numbers(x, hits, browse.Reader(l)) {
		has[number] = true
	}
	for _, number := range numbers {
		if has[number] {
			found = append(found, number)
		}
	}
	return found, nil
}

// archives are the practices that are no longer public. They are looked up once in a
// round, if anybody gets a mail.
type archives struct {
	*round
	catalogue *catalogue.Index
	list      []store.Withdrawn
	with      *catalogue.Index // them, too; nil as long as they are not looked up
}

// since lists those that a selection had found when its last mail was written, and that
// have been archived since.
func (a *archives) since(ctx context.Context, due store.Due) ([]int64, error) {
	if a.with == nil {
		list, err := a.Store.Subscriptions.Archived(ctx, a.Now())
		if err != nil {
			return nil, err
		}
		var practices []practice.Practice
		for _, w := range list {
			practices = append(practices, w.Practice)
		}
		a.list, a.with = list, a.catalogue.With(practices, nil, a.catalogue.Change())
	}
	var numbers []int64
	for _, w := range a.list {
		if w.Since.After(due.Letter) && !w.First.After(due.Letter) {
			numbers = append(numbers, w.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	return a.among(ctx, a.with, due, numbers)
}

// toReader writes a mail to a reader who follows a selection, or wants to.
func (m *mailer) toReader(ctx context.Context, job store.MailJob) (mail.Letter, error) {
	alert, err := m.Store.Subscriptions.Alert(ctx, job)
	if err != nil {
		return mail.Letter{}, err
	}
	l, selection := m.localeCalled(alert.Language), catalogue.ParseAddress(alert.Selection)
	cities := browse.Cities(m.Catalogue.Index().Cities(selection.Chosen(catalogue.City)))
	letter := mail.Letter{Kind: string(job.Mail), To: alert.Mail, Locale: l, Site: m.Site, Title: cities.Called(l, selection), More: job.More}
	for _, news := range alert.News {
		letter.News = append(letter.News, newsOf(l, selection, news))
	}
	secret, err := m.Store.Subscriptions.LinkSecret(ctx, job.Link)
	if err != nil {
		return mail.Letter{}, err
	}
	letter.Path = link.Following(l.Tag(), secret)
	if job.Mail == store.MailAlert {
		letter.Path, letter.Stop, letter.OneClick = link.Browse(l.Tag(), selection), letter.Path, link.StopFollowing(l.Tag(), secret)
	}
	return letter, nil
}

// newsOf is a practice as a mail tells of it: what is new, what has changed, or why it is gone.
func newsOf(l *locale.Locale, selection catalogue.Selection, news store.News) mail.News {
	text := selection.Text(news.Practice, practice.Language(l.Tag()))
	told := mail.News{Title: text.Title, TitleLanguage: string(text.TitleLanguage), Summary: browse.Excerpt(text),
		Language: string(text.Language), New: news.Revision.Before == nil && !news.Archived, Path: link.Practice(l.Tag(), news.Slug),
		Archived: news.Archived, Reason: news.Reason}
	if told.New || told.Archived {
		return told
	}
	told.Path = link.PublicHistory(l.Tag(), news.Slug, 1)
	had := map[practice.Language]bool{}
	for _, before := range news.Revision.Before.Texts {
		had[before.Language] = true
	}
	for _, d := range news.Revision.Differences() {
		change := mail.Change{Language: string(d.Language), Added: !had[d.Language]}
		for _, part := range d.Parts {
			change.Parts = append(change.Parts, part.Part)
		}
		told.Changes = append(told.Changes, change)
	}
	return told
}
