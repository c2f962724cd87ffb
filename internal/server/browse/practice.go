package browse

import (
	"crypto/rand"
	"errors"
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/browse"
)

// ShowPractice is the page of one practice. The query holds the selection that it
// was opened from, or the language of the text to show.
func (h *Handlers) ShowPractice(r *respond.Request) (respond.Response, error) {
	l := r.Locale
	slug := r.Param("slug")
	if practice.Slugify(slug) != slug {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	found, err := h.Practices.Find(r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		return respond.Response{Redirect: link.Practice(l.Tag(), moved.Slug), Status: http.StatusMovedPermanently}, nil
	}
	if err != nil {
		return respond.Response{}, err
	}
	in := page.PracticeInput{Practice: found, Selection: catalogue.Parse(r.URL.Query())}
	if language := practice.Language(r.URL.Query().Get(link.TextParameter)); language.Known() {
		in.Language = language
	}
	hits, err := h.search(r, in.Selection.Words)
	// Without the hits the practice has no neighbours, but it can be read.
	if err != nil && !errors.Is(err, catalogue.ErrLearning) {
		return respond.Response{}, err
	}
	in.Today = r.Index.Today()
	in.MayPropose = submission.MayPropose(r.Viewer(), found)
	in.MayTranslate = submission.MayTranslate(r.Viewer())
	if in.MayPropose {
		in.Key = rand.Text()
	}
	in.Topics = sharedTopics(r.Index, found)
	in.Related = h.suggester.Related(r.Index, found)
	in.Neighbours = r.Index.Around(in.Selection, hits, page.Reader(l), found.Number)
	// There are too many selections to cache the page for each.
	return respond.Response{Page: page.NewPractice(l, r.Frame, in).View(), Cacheable: r.URL.RawQuery == ""}, nil
}

// sharedTopics counts the practices on each topic of a practice. It leaves out a
// topic that no other practice has: its listing would only lead back.
func sharedTopics(x *catalogue.Index, p practice.Practice) []catalogue.Value {
	var list []catalogue.Value
	for _, topic := range p.Topics {
		n := x.Count(catalogue.Parse(nil).Only(catalogue.Topic, string(topic)), catalogue.Hits{})
		if n > 1 {
			list = append(list, catalogue.Value{Key: string(topic), Count: n})
		}
	}
	return list
}
