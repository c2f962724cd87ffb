package submission

import (
	"slices"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// Viewer's relation to a submission decides what the viewer may do with it.

// IsAuthor reports whether the account has begun the submission or was invited
// to it.
func (s Submission) IsAuthor(id account.ID) bool { return slices.Contains(s.Authors, id) }

// IsOfficer reports whether the viewer works on the submission: as one of its
// authors, or as an officer of one of its cities. On a correction only the editor
// works who makes it.
func (s Submission) IsOfficer(v account.Viewer) bool {
	if s.Correction != nil {
		return v.Is(account.Editor) && s.IsAuthor(v.ID)
	}
	return !v.Stranger() && v.Is(account.Officer) && (s.IsAuthor(v.ID) || v.SpeaksFor(s.Content.Places()))
}

// ActsAsEditor reports whether the viewer is an editor of the submission: has the role,
// and no part in the text. Who writes in it, ever wrote in it or speaks for one of its
// cities counts as an officer only, so that nobody decides about their own text or reads
// what editors say among themselves about it. Of a correction its author is an editor
// all the same.
func (s Submission) ActsAsEditor(v account.Viewer) bool {
	switch {
	case !v.Is(account.Editor):
		return false
	case s.Correction != nil && s.IsAuthor(v.ID):
		return true
	}
	return !s.IsAuthor(v.ID) && !slices.Contains(s.Writers, v.ID) && !v.SpeaksFor(s.Content.Places())
}

// MayReview reports whether the viewer may open the submission on the desk: its editors,
// once it has been submitted.
func (s Submission) MayReview(v account.Viewer) bool { return s.Round > 0 && s.ActsAsEditor(v) }

// MayRemoveAuthors reports whether the viewer may take authors off the submission: its
// authors may, themselves among them.
func (s Submission) MayRemoveAuthors(v account.Viewer) bool {
	return s.Correction == nil && v.Is(account.Officer) && s.IsAuthor(v.ID)
}

// MayRead reports whether the viewer may know that the submission exists:
// its officers always, editors once it has been submitted.
func (s Submission) MayRead(v account.Viewer) bool {
	return s.IsOfficer(v) || s.MayReview(v)
}

// MayPropose reports whether the viewer may propose a change to a practice:
// officers of one of its cities; if it has no city, officers from one of its
// countries.
func MayPropose(v account.Viewer, p practice.Practice) bool {
	if !v.Is(account.Officer) {
		return false
	}
	if len(p.Place.Cities) > 0 {
		return v.SpeaksFor(Content{Cities: p.Place.Cities}.Places())
	}
	return slices.ContainsFunc(v.Cities, func(city account.City) bool { return slices.Contains(p.Place.Countries, city.Country) })
}

// MayTranslate reports whether the viewer may translate a practice. Words need
// no mandate of the city: an editor reads them all the same.
func MayTranslate(v account.Viewer) bool { return v.Is(account.Officer) }
