package desk

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/frame"
)

// ArchivedInput is the list of archived practices.
type ArchivedInput struct{ List []ArchivedPractice }

// ArchivedPractice is a practice that is no longer public.
type ArchivedPractice struct {
	Slug     string
	Title    string
	Language practice.Language // of the title
	Reason   string            // why it was archived
}

// Archived lists the practices that are no longer public.
type Archived struct {
	ArchivedInput
	Meta frame.Meta
}

// NewArchived makes the page.
func NewArchived(l *locale.Locale, f frame.Frame, in ArchivedInput) Archived {
	return Archived{ArchivedInput: in, Meta: deskMeta(f, l.T("archived.title"), link.ArchivedPractices(l.Tag()))}
}
