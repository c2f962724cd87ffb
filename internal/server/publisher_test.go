package server_test

import (
	"slices"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/server"
)

// Who answers for the site, and how to reach them, is told wherever people look for it.
func TestPublisherIsNamed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.By = server.Publisher{Name: "City of <Ioannina>", Contact: "help@city.example", Enforcement: "The Ombudsman", EnforcementURL: "https://ombudsman.example/complain"}
	s.restart()
	const mail = "mailto:help@city.example"
	for _, l := range locale.All() {
		for _, page := range []string{"about", "privacy", "accessibility"} {
			p := s.visit("/" + l.Tag() + "/" + page)
			p.says("main", "City of <Ioannina>", "help@city.example")
			if !slices.Contains(attrs(all(p.doc, "main a"), "href"), mail) {
				t.Errorf("%s: the address is no link", p.path)
			}
		}
		foot := s.visit("/" + l.Tag() + "/practices")
		foot.says("footer", "City of <Ioannina>", l.T("publisher.write"))
		if !slices.Contains(attrs(all(foot.doc, "footer a"), "href"), mail) {
			t.Errorf("%s: no address at the foot", foot.path)
		}
		p := s.visit("/" + l.Tag() + "/accessibility")
		p.says("main", origin, "2.2", "2026", "The Ombudsman")
		if !slices.Contains(attrs(all(p.doc, "main a"), "href"), "https://ombudsman.example/complain") {
			t.Errorf("%s: it is not said where to complain", p.path)
		}
	}
}

// A site that names nobody leaves no gaps.
func TestPublisherIsNotNamed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, page := range []string{"about", "privacy", "accessibility"} {
		p := s.visit("/en/" + page)
		if slices.ContainsFunc(attrs(all(p.doc, "a"), "href"), func(to string) bool { return len(to) > 6 && to[:7] == "mailto:" }) {
			t.Errorf("%s: a mail to nobody", p.path)
		}
		for _, gone := range []string{"Who is behind it", "Who is responsible", "If our answer does not help"} {
			if slices.Contains(texts(all(p.doc, "h2")), gone) {
				t.Errorf("%s: nothing is under %q", p.path, gone)
			}
		}
	}
}
