package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

// The sample's collections are shown in every language with what they name, lead to it,
// are led to, and can be taken away.
func TestCollectionsOfTheSample(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	collections, err := sample.Collections()
	if err != nil || len(collections) != 2 {
		t.Fatal(len(collections), err)
	}
	covid := collections[0]
	for _, l := range locale.All() {
		index := s.visit(attr(s.visit("/"+l.Tag()+"/practices").one(".lede a"), "href"))
		if n := len(all(index.doc, "li.item")); n != 2 {
			t.Errorf("%s lists %d collections", index.path, n)
		}
		p := s.visit("/" + l.Tag() + "/collections/" + covid.Slug)
		if title := covid.Texts[practice.Language(l.Tag())].Title; title == "" || text(p.one("h1")) != title {
			t.Errorf("%s is called %q", p.path, text(p.one("h1")))
		}
		same(t, p.path, p.slugs(), covid.Slugs)
		p.one("link[rel=canonical]")
		p.lacks("meta[name=robots]")
	}
	for format, read := range readers {
		same(t, format, read(t, s.visit("/en/collections/"+covid.Slug+"."+format).body), covid.Slugs)
	}
	feed, err := gofeed.NewParser().ParseString(s.visit("/el/collections/" + covid.Slug + ".atom").body)
	if err != nil || len(feed.Items) != len(covid.Slugs) || !strings.Contains(feed.Title, "Covid") {
		t.Errorf("%v, %+v", err, feed)
	}
	chosen := s.visit("/en/collections/answers-to-rumours")
	same(t, "by selection", chosen.slugs(), s.visit("/en/practices?topic=anti-rumour&size=50").slugs())

	bilbao := s.visit("/fr/practices/the-anti-rumours-strategy-bilbao")
	for _, c := range collections {
		bilbao.says("a[href=/fr/collections/"+c.Slug+"]", c.Texts["fr"].Title)
	}
	if strings.Contains(s.visit("/fr/practices/ciga-giro-project-vila-verde").body, "/fr/collections/") {
		t.Error("a practice names a collection that it is not in")
	}
	s.get("/en/collections/no-such-collection").is(http.StatusNotFound)
	s.get("/en/collections/no-such-collection.csv").is(http.StatusNotFound)
	parts, _ := s.sitemap()
	listed := 0
	for _, u := range parts[0].URLs {
		if strings.Contains(u.Location, "/collections") {
			listed++
		}
	}
	if listed != 3*len(locale.All()) {
		t.Errorf("%d addresses in the sitemap", listed)
	}
}

// What is put aside on the page of a collection stays aside.
func TestReadingListFromACollection(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/collections/answers-to-rumours")
	slug := p.slugs()[2]
	p, fragment := s.press(p, "keep", "add", slug)
	if p.path != "/en/collections/answers-to-rumours?p="+slug || fragment != "practice-"+slug {
		t.Errorf("%s#%s", p.path, fragment)
	}
	p.one("meta[name=robots][content=noindex]")
	s.visit(attr(p.one("li#practice-"+slug+" h3 a"), "href")).says(".kept", "1 practice")
}

// An editor puts a collection together, looks at it, publishes it, withdraws it and
// publishes it again; residents see what is published, at once.
func TestCollectionFromDraftToPublic(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	slugs := b.visit("/en/practices").slugs()
	list := b.kim.visit(attr(b.kim.visit("/en/desk").one("a[href=/en/desk/collections]"), "href"))
	form := b.kim.visit(attr(list.one(".topline a"), "href"))
	saved := b.kim.follow(b.kim.posts(form.path, form.filled(fields{"title-en": "On music", "intro-en": "Some *words*.", "title-el": "Μουσική",
		"practices": origin + "/en/practices/" + slugs[3] + "?topic=x\r\n" + slugs[1] + "\r\n" + origin + "/de/list?p=" + slugs[1] + "+" + slugs[0],
		"selection": origin + "/fr/practices?topic=roma&page=2&p=" + slugs[5]})))
	saved.says("#notice", "The collection has been saved.")
	roma := b.visit("/en/practices?topic=roma&size=50").slugs()
	want := []string{slugs[3], slugs[1], slugs[0]}
	for _, slug := range roma {
		if !slices.Contains(want, slug) {
			want = append(want, slug)
		}
	}
	const path = "/en/collections/on-music"
	preview := b.kim.visit(path)
	same(t, "preview", preview.slugs(), want)
	preview.says(".note", "This is a draft.")
	preview.one("meta[name=robots][content=noindex]")
	b.get(path).is(http.StatusNotFound)
	b.ana.get(path).is(http.StatusNotFound)
	b.get(path + ".csv").is(http.StatusNotFound)
	b.visit("/en/practices/" + slugs[1]).lacks("a[href=" + path + "]")

	at := saved.path
	confirm := b.kim.visit(at + "/publish")
	b.kim.follow(b.kim.posts(confirm.path, confirm.filled(nil))).says("#notice", "The collection has been published.")
	public := b.visit(path)
	same(t, "public", public.slugs(), want)
	public.says(".intro", "Some words.")
	b.visit("/en/practices/"+slugs[1]).says("a[href="+path+"]", "On music")
	b.visit("/el"+path[3:]).says("h1", "Μουσική")
	german := b.visit("/de" + path[3:])
	german.says("main", "On music")
	german.one("h1[lang=en]")

	change := b.kim.visit(at)
	b.kim.follow(b.kim.posts(at, change.filled(fields{"practices": slugs[0], "selection": ""})))
	same(t, "changed", b.visit(path).slugs(), slugs[:1])
	late := b.kim.posts(at, change.filled(fields{"title-en": "On dance", "practices": slugs[0]}))
	late.is(http.StatusConflict)
	late.says("#problems", "Somebody else has changed the collection")
	if !strings.Contains(late.body, "Saved in the meantime: On music") || late.filled(nil)["title-en"] != "On dance" {
		t.Error("the form does not say what differs, or has lost what was typed")
	}

	early := b.kim.visit(at + "/withdraw")
	b.kim.follow(b.kim.posts(early.path, early.filled(nil))).says("#notice", "It can be published again.")
	b.get(path).is(http.StatusNotFound)
	b.visit("/en/practices/" + slugs[0]).lacks("a[href=" + path + "]")
	b.kim.posts(early.path, early.filled(nil)).is(http.StatusConflict)
	again := b.kim.visit(at + "/publish")
	b.kim.follow(b.kim.posts(again.path, again.filled(nil)))
	b.visit(path)
	log := b.root().visit("/en/events?subject=collection")
	for _, said := range []string{"collection started", "collection published", "collection changed", "collection withdrawn", "Draft"} {
		if !strings.Contains(text(log.one(".rows")), said) {
			t.Errorf("the log does not say %q", said)
		}
	}
	if n := len(all(log.doc, ".rows li")); n != 5+4 { // four of the sample's
		t.Errorf("%d events", n)
	}
	b.kim.posts(form.path, form.filled(fields{"title-en": "On music"})).is(http.StatusSeeOther)
	b.kim.visit("/en/collections/on-music-2")
}

// What is not accepted is said, and what was typed is kept.
func TestCollectionsAreChecked(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	form := b.kim.visit("/en/desk/collections/new")
	refused := b.kim.posts(form.path, form.filled(fields{"intro-el": "Χωρίς τίτλο", "practices": "no-such-practice", "selection": "https://elsewhere.example/?topic=nothing"}))
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#problems", "Greek: give the intro a title", "no-such-practice", "Copy the address of a list")
	if again := refused.filled(nil); again["intro-el"] != "Χωρίς τίτλο" || again["practices"] != "no-such-practice" {
		t.Errorf("the form has forgotten %v", again)
	}
	empty := b.kim.posts(form.path, form.filled(nil))
	empty.is(http.StatusUnprocessableEntity)
	empty.says("#problems", "Write a title in at least one language")
	long := b.kim.posts(form.path, form.filled(fields{"title-en": strings.Repeat("x", practice.MaxCollectionTitle+1)}))
	long.says("#problems", "English: shorten the title to one line of at most 120 characters")
}
