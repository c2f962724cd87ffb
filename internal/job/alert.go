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
	for _, due := range list {
		if _, ok := revised[due.After]; !ok {
			if revised[due.After], err = subscriptions.Revised(ctx, due.After, x.Change()); err != nil {
				return err
			}
		}
		news, failed := r.among(ctx, x, due, revised[due.After])
		if failed == nil {
			failed = subscriptions.QueueAlert(ctx, due, news)
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

// newsOf is a practice as a mail tells of it: what is new, or what has changed.
func newsOf(l *locale.Locale, selection catalogue.Selection, news store.News) mail.News {
	text := selection.Text(news.Practice, practice.Language(l.Tag()))
	told := mail.News{Title: text.Title, TitleLanguage: string(text.TitleLanguage), Summary: browse.Excerpt(text),
		Language: string(text.Language), New: news.Revision.Before == nil, Path: link.Practice(l.Tag(), news.Slug)}
	if told.New {
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
