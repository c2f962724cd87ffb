package browse

import (
	"exempla/internal/link"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

// ShowProse is a page of prose, such as the help.
func ShowProse(name string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in := page.ProseInput{Name: name, Facets: r.Look().Offer().Facets()}
		if name == link.About {
			in.About = r.Look().About[r.Tag()]
		}
		return respond.Response{Page: page.NewProse(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
	}
}

// ShowTemplate is the template for collecting a practice.
func ShowTemplate(r *respond.Request) (respond.Response, error) {
	return respond.Response{Page: page.NewTemplate(r.Locale, r.Frame, r.Look().Limits).View(), Cacheable: true}, nil
}
