package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"exempla/internal/link"
	"exempla/web/page"
	"exempla/web/static"
)

// Handler is the routing table: every address, and what stands before it.
func (s *Server) Handler() http.Handler {
	r := chi.NewRouter()
	r.Use(s.logged, s.headers, s.bounded, http.NewCrossOriginProtection().Handler, headAsGet)
	r.NotFound(s.notFound)
	r.MethodNotAllowed(s.methodNotAllowed)

	r.Get("/healthz", s.alive)
	r.Get("/readyz", s.ready)
	r.Get("/robots.txt", robots)
	r.Get("/favicon.ico", favicon)
	r.Get(static.Prefix+"{name}", serveStatic)
	r.Get(link.Home, s.chooseLanguage)
	r.With(guessed).Get(link.DevMail, s.page(s.showOutbox))
	r.With(guessed).Get(link.Files+"{hash}", s.page(s.showFile(false)))
	r.With(guessed).Get(link.Files+"{hash}/"+link.SmallName, s.page(s.showFile(true)))

	r.Route("/{language}", func(r chi.Router) {
		r.Use(s.inLanguage)
		r.Get("/", s.toCatalogue)
		r.Get("/practices", s.page(s.browse))
		r.Get("/practices/", s.toCatalogue)
		r.Get("/practices/{slug}", s.page(s.showPractice))
		for _, name := range page.ProsePages {
			r.Get("/"+name, s.page(s.showProse(name)))
		}
		r.Get("/"+link.Template, s.page(s.showTemplate))
	})
	return r
}
