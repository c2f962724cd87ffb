package browse

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/citation"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/thesaurus"
	page "exempla/web/page/browse"
)

// ShowPractice is the page of one practice. The query holds the selection that it
// was opened from, or the language of the text to show.
func (h *Handlers) ShowPractice(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	found, instead, err := h.public(r, func(slug string) string { return link.Practice(l.Tag(), slug) })
	if err != nil || instead != nil {
		return or(instead), err
	}
	in := page.PracticeInput{Practice: found, Selection: catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays()}
	if language := practice.Language(r.URL.Query().Get(link.TextParameter)); language.Known() {
		in.Language = language
	}
	if changed(r.URL.Query()) != "" {
		if in.Language != "" {
			return respond.Redirect(link.Keeping(link.Text(l.Tag(), found.Slug, in.Language), in.Selection.List)), nil
		}
		return respond.Redirect(link.Found(l.Tag(), found.Slug, in.Selection)), nil
	}
	hits, err := h.search(r, in.Selection.Words)
	// Without the hits the practice has no neighbours, but it can be read.
	if err != nil && !errors.Is(err, catalogue.ErrLearning) {
		return respond.Response{}, err
	}
	in.Today = r.Index.Today()
	in.MayPropose = submission.MayPropose(r.Viewer(), found)
	in.MayTranslate = submission.MayTranslate(r.Viewer())
	if in.MayPropose || in.MayTranslate || r.Viewer().Is(account.Editor) {
		in.Key = rand.Text()
	}
	if found.Revision > 1 { // the first one is what the page says of its publication
		if in.Changes, err = h.Practices.Changes(r.Context(), found.Number); err != nil {
			return respond.Response{}, err
		}
	}
	in.Cities, in.Topics = shared(r.Index, catalogue.City, cityKeys(found)), shared(r.Index, catalogue.Topic, topicKeys(found))
	in.Keywords = thesaurus.Load().Names(found.Keywords, l.Tag())
	if in.Collections, err = h.collectionsWith(r, found.Number); err != nil {
		return respond.Response{}, err
	}
	if in.Questions, err = h.Enquiries.Published(r.Context(), found.Number); err != nil {
		return respond.Response{}, err
	}
	in.Related = h.suggester.Related(r.Index, found)
	in.Neighbours = r.Index.Around(in.Selection, hits, page.Reader(l), found.Number)
	return respond.Response{Page: page.NewPractice(l, r.Frame, in).View(), Cacheable: true, Rare: r.URL.RawQuery != ""}, nil
}

// public finds the live practice of an address. For one that has moved, that is no
// longer shown, or that there never was, it returns what to answer instead; path is the
// address by its slug.
func (h *Handlers) public(r *respond.Request, path func(slug string) string) (practice.Practice, *respond.Response, error) {
	slug := r.Param("slug")
	if practice.Slugify(slug) != slug {
		instead := h.missing(r, slug)
		return practice.Practice{}, &instead, nil
	}
	found, err := h.Practices.Find(r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		return found, &respond.Response{Redirect: link.WithQuery(path(moved.Slug), r.URL.RawQuery), Status: http.StatusMovedPermanently}, nil
	}
	var archived store.Archived
	if errors.As(err, &archived) {
		instead := h.gone(r, archived)
		return found, &instead, nil
	}
	if errors.Is(err, store.ErrNotFound) {
		instead := h.missing(r, slug)
		return found, &instead, nil
	}
	return found, nil, err
}

// or is a response, or the zero value for none.
func or(response *respond.Response) respond.Response {
	if response == nil {
		return respond.Response{}
	}
	return *response
}

// CitePractice sends a practice as a file for reference managers.
func (h *Handlers) CitePractice(format citation.Format) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, instead, err := h.public(r, func(slug string) string { return link.Cited(r.Tag(), slug, format.Extension) })
		if err != nil || instead != nil {
			return or(instead), err
		}
		text, _ := found.Text(practice.Language(r.Tag()))
		work := page.Cite(r.Locale, page.CiteInput{Practice: found, Text: text, Site: r.Frame.Site, Today: r.Index.Today()})
		r.Writer.Header().Set("Cache-Control", "no-cache")
		return r.SendFile(format.Type, found.Slug+"."+format.Extension, []byte(format.Write(work)))
	}
}

// gone is the page in place of a practice that is no longer shown: which one it was,
// why it is gone, and others like it.
func (h *Handlers) gone(r *respond.Request, archived store.Archived) respond.Response {
	in := page.GoneInput{Practice: archived.Practice, Reason: archived.Reason, Today: r.Index.Today(),
		Related: h.suggester.Related(r.Index, archived.Practice), Query: r.URL.RawQuery}
	return respond.Response{Page: page.NewGone(r.Locale, r.Frame, in).View(), Status: http.StatusGone}
}

// shared counts the practices with each value of a facet that a practice has. It
// leaves out a value that no other practice has: its listing would only lead back.
func shared(x *catalogue.Index, f catalogue.Facet, keys []string) []catalogue.Value {
	var list []catalogue.Value
	for _, key := range keys {
		if n := x.Count(catalogue.Parse(nil).Only(f, key), catalogue.Hits{}); n > 1 {
			list = append(list, catalogue.Value{Key: key, Count: n})
		}
	}
	return list
}

func cityKeys(p practice.Practice) []string {
	var keys []string
	for _, city := range p.Place.Cities {
		if key := catalogue.CityKey(city); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

func topicKeys(p practice.Practice) []string {
	var keys []string
	for _, topic := range p.Topics {
		keys = append(keys, string(topic))
	}
	return keys
}
