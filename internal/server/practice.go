package server

import (
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page"
)

// showPractice is the page of one practice. The query says from which result
// it was opened, or which of its texts to show.
func (s *Server) showPractice(v *visit) (answer, error) {
	r, l := v.r, v.l
	slug := chi.URLParam(r, "slug")
	if practice.Slugify(slug) != slug {
		return answer{}, errNoSuchPage
	}
	found, err := s.Store.Practices.Find(r.Context(), slug)
	var moved store.Moved
	if errors.As(err, &moved) {
		return answer{goTo: link.Practice(l.Tag(), moved.Slug), status: http.StatusMovedPermanently}, nil
	}
	if err != nil {
		return answer{}, err
	}
	opened := page.Opened{Frame: v.frame, Practice: found, Selection: catalogue.Parse(r.URL.Query())}
	if language := practice.Language(r.URL.Query().Get(link.TextParameter)); language.Known() {
		opened.Language = language
	}
	hits, err := s.match(r.Context(), l, opened.Selection)
	// Without what the words find the practice has no neighbours, and can be read.
	if err != nil && !errors.Is(err, store.ErrSlow) {
		return answer{}, err
	}
	opened.Today = v.index.Today()
	opened.MayPropose, opened.MayTranslate = mayPropose(v.viewer(), found), submission.MayTranslate(v.viewer())
	if opened.MayPropose {
		opened.Key = rand.Text()
	}
	opened.Related = s.suggester.Related(v.index, found)
	opened.Neighbours = v.index.Around(opened.Selection, hits, page.Reader(l), found.Number)
	// With a query there are as many addresses as selections that lead here.
	return answer{view: page.NewPractice(l, opened).View(), keep: r.URL.RawQuery == ""}, nil
}

// showProse is a page that stands for itself.
func (s *Server) showProse(name string) handler {
	return func(v *visit) (answer, error) {
		return answer{view: page.NewProse(v.l, v.frame, name).View(), keep: true}, nil
	}
}

// showTemplate is the template for collecting a practice.
func (s *Server) showTemplate(v *visit) (answer, error) {
	return answer{view: page.NewTemplate(v.l, v.frame).View(), keep: true}, nil
}
