package lists

import (
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// Rhythms are how often mails come at most, as forms call them. Their names are messages
// "follow.<rhythm>".
var Rhythms = []string{"daily", "weekly"}

// RhythmField is the field of a form that says how often.
const RhythmField = "rhythm"

// FollowInput is what the page on which a reader asks for mails about a selection shows.
type FollowInput struct {
	Selection catalogue.Selection
	Cities    browse.Cities // those chosen
	Count     int           // practices it has now
	Problems  component.Problems
	Mail      string // as typed
	Rhythm    string
	Sent      bool // whether the form was accepted
	Away      bool // whether the site sends no mails
}

// Follow is that page.
type Follow struct {
	FollowInput
	Meta   frame.Meta
	Called string // the selection
}

// NewFollow makes the page in a reader's language.
func NewFollow(l *locale.Locale, f frame.Frame, in FollowInput) Follow {
	p := Follow{FollowInput: in, Called: in.Cities.Called(l, in.Selection), Meta: followMeta(l, f, "follow.title")}
	p.Meta.Path, p.Meta.Query = link.Page(l.Tag(), link.FollowPage), in.Selection.Query()
	p.Meta.Feed, p.Meta.Problems = link.Export(l.Tag(), in.Selection, link.Feed), len(in.Problems) > 0
	if in.Sent {
		p.Meta.Title = l.T("follow.sent.title")
	}
	return p
}

func followMeta(l *locale.Locale, f frame.Frame, title string) frame.Meta {
	return frame.Meta{Title: l.T(title), Frame: f, Skip: frame.ToContent, Current: link.FollowPage, Unlisted: true, Working: true, Narrow: true}
}

// Results of what the holder of a link has done, as messages "following.<result>" say.
const (
	Confirmed  = "confirmed"
	Paced      = "paced"
	Stopped    = "stopped"
	StoppedAll = "stopped_all"
	Full       = "full" // nothing could be done
)

// FollowingInput is what the page of a link from a mail shows.
type FollowingInput struct {
	Secret    string // of the link; empty for one that does not work
	Selection catalogue.Selection
	Cities    browse.Cities
	Mail      string
	Rhythm    string
	Confirmed bool
	Others    int    // other selections that the address follows
	Result    string // one of those above; empty for none
}

// Following is the page on which mails about a selection are confirmed, changed and
// stopped.
type Following struct {
	FollowingInput
	Meta   frame.Meta
	Called string
}

// NewFollowing makes the page.
func NewFollowing(l *locale.Locale, f frame.Frame, in FollowingInput) Following {
	title := "following.title"
	switch {
	case in.Result == Stopped || in.Result == StoppedAll:
	case in.Secret == "":
		title = "following.over.title"
	case !in.Confirmed:
		title = "following.confirm.title"
	}
	p := Following{FollowingInput: in, Called: in.Cities.Called(l, in.Selection), Meta: followMeta(l, f, title)}
	p.Meta.Path = link.Following(l.Tag(), in.Secret)
	if in.Secret == "" {
		p.Meta.Path = link.Page(l.Tag(), link.FollowPage)
	}
	return p
}

// over reports whether nothing is left to be done.
func (p Following) over() bool {
	return p.Secret == "" || p.Result == Stopped || p.Result == StoppedAll
}
