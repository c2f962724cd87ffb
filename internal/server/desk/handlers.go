// Package desk has the handlers for editors: the list of submissions, the
// review, decisions, comments, corrections, archiving and statistics.
package desk

import (
	"log/slog"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// Handlers answer the requests of editors.
type Handlers struct {
	Practices   *store.Practices
	Enquiries   *store.Enquiries
	Submissions *store.Submissions
	Accounts    *store.Accounts
	Events      *store.Events
	Catalogue   *catalogue.Catalogue
	Log         *slog.Logger
	Now         func() time.Time
	ReviewDays  int // within which editors decide as a rule
	Settings    submission.Settings
}

// PublishedHandlers answer the requests of editors about published practices.
type PublishedHandlers struct{ *Handlers }

// CityHandlers answer the requests of editors about the names of cities.
type CityHandlers struct{ *Handlers }
