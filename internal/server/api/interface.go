package api

import (
	"exempla/internal/catalogue"
	"exempla/internal/server/respond"
	browse "exempla/web/page/browse"
	page "exempla/web/page/machine"
)

// mostPractices is the most that one answer has.
const mostPractices = 100

// ShowInterface is the page for those who write programs. Its example of a
// practice is the newest.
func (h *Handlers) ShowInterface(r *respond.Request) (respond.Response, error) {
	in := page.InterfaceInput{Licence: h.Licence, Most: mostPractices}
	found := r.Index.Find(catalogue.Parse(nil), catalogue.Hits{}, browse.Reader(r.Locale)).Found
	if len(found) > 0 {
		in.Slug = found[0].Practice().Slug
	}
	return respond.Response{Page: page.NewInterface(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
}
