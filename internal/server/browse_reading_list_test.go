package server_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"exempla/internal/practice"
	"exempla/internal/testdb"
)

// press submits a form of the page by a button, as a browser does without script, and
// goes where that leads; the fragment is what the browser would show.
func (s *site) press(p page, form, name, value string) (after page, fragment string) {
	s.Helper()
	fields := url.Values{}
	for _, field := range all(p.doc, "form#"+form+" input[type=hidden]") {
		fields.Add(attr(field, "name"), attr(field, "value"))
	}
	if all(p.doc, "button[form="+form+"][name="+name+"][value="+value+"]") == nil {
		s.Fatalf("%s has no button %s=%s", p.path, name, value)
	}
	fields.Add(name, value)
	answer := s.get(attr(p.one("form#"+form), "action") + "?" + fields.Encode())
	address, fragment, _ := strings.Cut(answer.header.Get("Location"), "#")
	if address == "" {
		s.Fatalf("%s: status %d and no address", answer.path, answer.status)
	}
	return s.visit(address), fragment
}

// Practices are put aside from the listing and from their own pages, stay aside while
// the reader goes on, and are taken off again: all of it in the address.
func TestReadingListIsPutTogetherWithoutScript(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?topic=education&page=2")
	p.lacks(".kept a")
	first, second := p.slugs()[0], p.slugs()[1]
	p, fragment := s.press(p, "keep", "add", first)
	if p.path != "/en/practices?topic=education&page=2&p="+first || fragment != "practice-"+first {
		t.Errorf("%s#%s", p.path, fragment)
	}
	p, _ = s.press(p, "keep", "add", second)
	p.says(".kept", "Your reading list: 2 practices")
	same(t, "buttons that take off", attrs(all(p.doc, "button[name=drop]"), "value"), []string{first, second})

	// The list goes along to other selections, to a practice, to its text and to others like it.
	for _, address := range append(attrs(all(p.doc, "nav.pages a"), "href"), attrs(all(p.doc, "ul.chips a"), "href")...) {
		s.visit(address).says(".kept", "2 practices")
	}
	same(t, "list in the form", attrs(all(p.doc, "form#browse input[name=p]"), "value"), []string{first + " " + second})
	read := s.visit(attr(p.one("li#practice-"+second+" h3 a"), "href"))
	read.says(".kept", "2 practices")
	for _, address := range append(attrs(all(read.doc, ".alike a"), "href"), attrs(all(read.doc, ".texts a"), "href")...) {
		s.visit(address).says(".kept", "2 practices")
	}
	other := s.visit(attrs(all(read.doc, ".alike a"), "href")[0])
	_, third, _ := strings.Cut(strings.Split(other.path, "?")[0], "/practices/")
	if other, _ = s.press(other, "keep", "add", third); other.path != "/en/practices/"+third+"?p="+first+"+"+second+"+"+third {
		t.Error(other.path)
	}

	list := s.visit(attr(other.one(".kept a"), "href"))
	same(t, "list", list.slugs(), []string{first, second, third})
	list, _ = s.press(list, "keep", "drop", second)
	same(t, "list after one is taken off", list.slugs(), []string{first, third})
	if list.path != "/en/list?p="+first+"+"+third {
		t.Error(list.path)
	}
	more := s.visit(attr(list.one(".tools a"), "href"))
	more.says(".kept", "2 practices")
}

// The text that a reader has chosen stays the one that is shown.
func TestReadingListKeepsTheTextOfAPractice(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const slug = "the-leeds-city-region-diversity-dashboard"
	p, _ := s.press(s.visit("/en/practices/"+slug+"?text=el"), "keep", "add", slug)
	if p.path != "/en/practices/"+slug+"?text=el&p="+slug || attr(p.one(".summary"), "lang") != "el" {
		t.Errorf("%s is in %q", p.path, attr(p.one(".summary"), "lang"))
	}
	p.says("button[form=keep]", "Remove from reading list")
}

// A list has one address, says what it does not have and what did not fit, and is not
// for search engines.
func TestReadingListSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	slugs := s.visit("/en/practices").slugs()
	s.get("/en/list?p="+slugs[0]+"&p="+slugs[0]+"%20"+slugs[1]+"&x=1").leads(http.StatusFound, "/en/list?p="+slugs[0]+"+"+slugs[1])
	p := s.visit("/en/list?p=" + slugs[0] + "+no-such-practice")
	p.says(".note", "No longer in the catalogue, or never was:", "no-such-practice")
	s.get(attr(p.one(".note li a"), "href")).is(http.StatusNotFound)
	same(t, "without what is missing", attrs(all(p.doc, ".note > p a"), "href"), nil)
	without := attrs(all(p.doc, ".note p a"), "href")
	same(t, "address without what is missing", without, []string{"/en/list?p=" + slugs[0]})
	for _, path := range []string{p.path, "/en/list", "/en/compare?p=" + slugs[0] + "+" + slugs[1], "/en/practices?p=" + slugs[0], "/en/practices/" + slugs[0] + "?p=" + slugs[0]} {
		s.visit(path).one("meta[name=robots][content=noindex]")
	}

	empty := s.visit("/en/list")
	empty.says("main", "There is nothing on this list yet.")
	empty.lacks("#take")

	var many []string
	for i := range practice.MaxListed + 3 {
		many = append(many, "a"+strconv.Itoa(i))
	}
	p = s.visit("/en/list?p=" + strings.Join(many, "+"))
	if !strings.Contains(text(p.one("main")), "3 more practices in the address did not fit on the list.") || len(all(p.doc, ".note li")) != practice.MaxListed {
		t.Errorf("%d are missing, %.200s", len(all(p.doc, ".note li")), text(p.one("main")))
	}
	full := s.get("/en/practices?p=" + strings.Join(many[:practice.MaxListed], "+") + "&add=" + slugs[0])
	full.is(http.StatusFound)
	address, _, _ := strings.Cut(full.header.Get("Location"), "#")
	s.visit(address).says(".kept", "It is full: it holds 50 practices.")
}

// A reading list is taken away in every format, in its order.
func TestReadingListIsTakenAway(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	slugs := s.visit("/en/practices").slugs()[:4]
	slices.Reverse(slugs)
	p := s.visit("/en/list?p=" + strings.Join(slugs, "+"))
	for _, address := range attrs(all(p.doc, "#take a"), "href") {
		file := s.visit(address)
		_, format, _ := strings.Cut(strings.Split(address, "?")[0], ".")
		if read := readers[format]; read != nil {
			same(t, format, read(t, file.body), slugs)
		}
		if file.header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s may be listed", address)
		}
	}
	read, err := gofeed.NewParser().ParseString(s.visit("/el/list.atom?p=" + strings.Join(slugs, "+")).body)
	if err != nil || len(read.Items) != len(slugs) || read.Title != "Λίστα ανάγνωσης – Exempla" {
		t.Errorf("%v, %+v", err, read)
	}
}

// A practice that has got another address is still on the list.
func TestReadingListFollowsPractices(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	slug := s.visit("/en/practices").slugs()[0]
	testdb.Exec(t, s.Store, `insert into old_slug (slug, practice) select 'how-it-was-called', number from practice where slug = $1`, slug)
	s.get("/en/list?p=how-it-was-called").leads(http.StatusFound, "/en/list?p="+slug)
	s.get("/en/compare?p=how-it-was-called+x").leads(http.StatusFound, "/en/compare?p="+slug+"+x")
}

// Two to four practices stand side by side, each under its heading in each section, and
// what one does not say is said.
func TestPracticesAreCompared(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	slugs := []string{"ciga-giro-project-vila-verde", "embroidering-bridges-vila-verde", "the-leeds-city-region-diversity-dashboard"}
	list := s.visit("/ar/list?p=" + strings.Join(slugs, "+"))
	same(t, "boxes", attrs(all(list.doc, "form#compare input[type=checkbox]"), "value"), slugs)
	whole := attr(list.one("form#compare input[type=hidden]"), "value")
	sent := "/ar/compare?" + url.Values{"list": {whole}, "p": slugs[1:]}.Encode()
	want := "/ar/compare?p=" + strings.Join(slugs[1:], "+") + "&list=" + strings.Join(slugs, "+")
	s.get(sent).leads(http.StatusFound, want)
	p := s.visit(want)
	for _, row := range all(p.doc, "section.compared") {
		if headings := all(row, "h3"); len(headings) != 2 || attr(headings[0], "lang") != "ar" {
			t.Errorf("%s has %d headings", attr(row, "aria-labelledby"), len(headings))
		}
	}
	p.says("section[aria-labelledby=row-purpose]", "غير مذكورة", "لغة النص: الإنجليزية", "The dashboard answers three questions")
	p.one("section[aria-labelledby=row-purpose] div[lang=en][dir=ltr]")
	s.visit(attr(p.one("a.back"), "href")).says("h2", "3 ممارسات")

	for _, few := range []string{"/en/compare", "/en/compare?p=" + slugs[0], "/en/compare?p=" + slugs[0] + "+nothing"} {
		p := s.visit(few)
		p.lacks("section.compared")
		if !strings.Contains(text(p.one("main")), "Choose two to four practices") {
			t.Errorf("%s does not say what to do", few)
		}
	}
	many := s.visit("/en/practices").slugs()[:6]
	p = s.visit("/en/compare?p=" + strings.Join(many, "+"))
	if len(all(p.doc, ".heads li")) != 4 || len(all(p.doc, ".note li")) != 2 {
		t.Errorf("%d side by side, %d left out", len(all(p.doc, ".heads li")), len(all(p.doc, ".note li")))
	}
}

// The order of a reading list is the reader's: each practice but the first moves up and
// each but the last moves down, and the page does not jump.
func TestReadingListIsPutInOrder(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	slugs := s.visit("/en/practices").slugs()[:3]
	list := s.visit("/en/list?p=" + strings.Join(slugs, "+"))
	same(t, "buttons up", attrs(all(list.doc, "button[name=up]"), "value"), slugs[1:])
	same(t, "buttons down", attrs(all(list.doc, "button[name=down]"), "value"), slugs[:2])
	list, fragment := s.press(list, "keep", "up", slugs[2])
	same(t, "after one moved up", list.slugs(), []string{slugs[0], slugs[2], slugs[1]})
	if fragment != "practice-"+slugs[2] || list.path != "/en/list?p="+slugs[0]+"+"+slugs[2]+"+"+slugs[1] {
		t.Errorf("%s#%s", list.path, fragment)
	}
	list, _ = s.press(list, "keep", "down", slugs[0])
	same(t, "after one moved down", list.slugs(), []string{slugs[2], slugs[0], slugs[1]})
	for _, query := range []string{"&up=" + slugs[2], "&down=" + slugs[1], "&up=no-such-practice", "&down=%00"} {
		address := s.get(list.path + query).header.Get("Location")
		same(t, query, s.visit(strings.Split(address, "#")[0]).slugs(), list.slugs())
	}
	s.visit("/en/list?p=" + slugs[0]).lacks("button[name=up], button[name=down]")
}
