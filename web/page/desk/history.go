package desk

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// HistoryInput is everything that has happened to a submission.
type HistoryInput struct {
	submission.Submission
	Events  []Event // the latest last
	Reviews []submission.Review
	Names   component.Names
}

// Event is something that has happened to a submission.
type Event struct {
	At     time.Time
	By     account.ID
	Action string           // message "event.<action>"
	To     submission.State // empty if the state did not change
}

// History is the page of a submission's history.
type History struct {
	HistoryInput
	Meta frame.Meta
}

// NewHistory makes the page.
func NewHistory(l *locale.Locale, f frame.Frame, in HistoryInput) History {
	return History{HistoryInput: in, Meta: deskMeta(f, l.T("history.title")+" – "+in.Content.Title, link.ReviewPage(l.Tag(), in.ID, link.HistoryPage))}
}

// reason is the reason that an editor gave with a decision; empty for none.
func (h History) reason(l *locale.Locale, e Event) string {
	for _, r := range h.Reviews {
		if r.At.Equal(e.At) && r.By == e.By {
			return component.Explanation(l, r)
		}
	}
	if e.Action == string(submission.Publish) && h.Correction != nil {
		return h.Correction.Note
	}
	return ""
}
