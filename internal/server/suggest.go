package server

import (
	"net/http"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page"
)

// suggest answers what somebody may mean who is typing, from memory.
func (s *Server) suggest(v *visit) (answer, error) {
	found := s.suggester.Suggest(v.index, v.r.URL.Query().Get("q"), practice.Language(v.l.Tag()))
	a := answer{view: page.NewSuggest(v.l, found).View()}
	if !found.Complete {
		a.status = http.StatusOK // and so not to be kept: in a moment there is more
	}
	return a, nil
}

// newSuggester returns a suggester with the words of all readers.
func newSuggester() *catalogue.Suggester {
	return catalogue.NewSuggester(catalogue.Vocabulary{
		Countries: func(c practice.Country) []string { return locale.CountryNames(string(c)) },
		Topic: func(reader practice.Language, topic practice.Topic) string {
			l, _ := locale.Find(string(reader))
			return l.T("topic." + string(topic))
		},
	})
}
