// Package submit has the handlers for officers: their submissions, the form by
// its parts, files, checking and submitting, and replies to editors.
package submit

import (
	"log/slog"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/store"
)

// Handlers answer the requests of officers.
type Handlers struct {
	Practices   *store.Practices
	Enquiries   *store.Enquiries
	Submissions *store.Submissions
	Accounts    *store.Accounts
	Log         *slog.Logger
	Now         func() time.Time
	ReviewDays  int // within which editors decide as a rule
}

// ColleagueHandlers answer requests about the authors of a draft.
type ColleagueHandlers struct{ *Handlers }

// PartHandlers answer requests for the parts of the form, but for those with files.
type PartHandlers struct{ *Handlers }

// FileHandlers answer requests for the parts of the form that have files.
type FileHandlers struct {
	*Handlers
	Files   *store.Files
	Content *attachment.Storage // with the content of the files
}
