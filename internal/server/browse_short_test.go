package server_test

import (
	"strconv"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/locale"
)

// Both have a summary and nothing else to read; the first is of a whole country.
const (
	portugal = "welcoming-cities-portugal"
	inBergen = "diversity-in-the-workforce-bergen"
)

// A short text has beside it what is known and others like it, and leads on.
func TestShortPracticeLeadsOn(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit(link.Practice("en", portugal))
	p.says("article.prose h2.hush", "Summary")
	p.says(".brief aside.facts", "Welcoming and social integration", "Portugal", "September 2020", "Ελληνικά", "Council of Europe")
	if found := all(p.doc, ".brief .below .alike li a"); len(found) == 0 {
		t.Error("it has no related practices beside it")
	}
	s.visit(link.Practice("en", ioannina)).lacks(".brief, .below, .invitation")
}

// Each listing that a practice leads to has as many practices as it says, this
// one among others.
func TestPracticeLeadsToOthersOfItsCitiesAndTopics(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for slug, cities := range map[string][]string{portugal: nil, ioannina: {"Ioannina"}, inBergen: {"Bergen"}, "mexico-city-a-law-to-embed-interculturality-in-the-city-policies": nil} {
		p := s.visit(link.Practice("en", slug))
		entries := all(p.doc, "nav.others li")
		want := cities
		l, _ := locale.Find("en")
		for _, topic := range known(t)[slug].Topics {
			want = append(want, l.T("topic."+string(topic)))
		}
		same(t, slug, texts(all(p.doc, "nav.others a")), want)
		for _, entry := range entries {
			total := s.visit(attr(all(entry, "a")[0], "href")).total()
			if said := text(all(entry, ".n")[0]); total < 2 || said != strconv.Itoa(total)+" practices" {
				t.Errorf("%s: %q, the listing has %d", slug, said, total)
			}
		}
	}
}

// Who may complete a short text is shown how: strangers to sign in and come back,
// officers of the city by the button that proposes a change. Others are not asked.
func TestInvitationToCompleteAShortText(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for _, l := range locale.All() {
		path := link.Practice(l.Tag(), portugal)
		p := b.visit(path)
		p.says(".invitation", plain(l.T("practice.invite")), plain(l.T("practice.invite_text")))
		if got := attr(p.one(".invitation a"), "href"); got != link.SignIn(l.Tag(), path) {
			t.Errorf("%s invites to %s", path, got)
		}
	}
	b.kim.visit(link.Practice("en", portugal)).lacks(".invitation")
	b.ana.visit(link.Practice("en", portugal)).lacks(".invitation")
	b.ivo.visit(link.Practice("en", inBergen)).says(".invitation form[action="+link.Propose("en", inBergen)+"] button", "Complete this practice")
	at := b.ivo.posts(link.Propose("en", inBergen), fields{"text": "en", "key": "COMPLETE"}).header.Get("Location")
	if s := b.stored(at); s.Slug != inBergen || !strings.Contains(at, "/submissions/") {
		t.Errorf("%s begins a change of %s", at, s.Slug)
	}
}
