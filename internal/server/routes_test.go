package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
	browsepage "exempla/web/page/browse"
	"exempla/web/static"
)

// ioannina is the practice of the sample that has sections, and texts in
// English, Greek and Arabic.
const ioannina = "urban-response-coordination-ioannina"

// addresses are all addresses of pages in a language.
func addresses(tag string) []string {
	refugees := catalogue.Parse(nil).Only(catalogue.Topic, "refugees")
	list := []string{link.Catalogue(tag), link.Browse(tag, refugees), link.Browse(tag, catalogue.Parse(nil).OnPage(2)),
		link.Catalogue(tag) + "?q=school", link.Catalogue(tag) + "?q=xyzzy&country=GR&status=unknown",
		link.Practice(tag, ioannina), link.Found(tag, ioannina, refugees), link.Text(tag, ioannina, "el"),
		link.Text(tag, ioannina, "ar"), link.Page(tag, link.Template), link.Page(tag, link.InterfacePage), link.Follow(tag, refugees)}
	for _, name := range browsepage.ProsePages {
		list = append(list, link.Page(tag, name))
	}
	return list
}

func TestEveryAddressAnswersInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, address := range addresses(l.Tag()) {
			// A browser that prefers another language is not led away.
			p := s.get(address, "Accept-Language", "nl, fr;q=0.5")
			p.is(http.StatusOK)
			p.in(l.Tag())
			if got := p.header.Get("Content-Type"); got != "text/html; charset=utf-8" {
				t.Errorf("%s: content type %q", address, got)
			}
		}
	}
}

func TestHomeChoosesTheLanguage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for accepted, tag := range map[string]string{"": "en", "fr": "fr", "de-AT, en;q=0.8": "de", "nl, el;q=0.7": "el",
		"uk-UA,uk;q=0.9,ru;q=0.8": "uk", "ar-EG": "ar", "sq": "sq", "gl": "es", "ja": "en", "\x00;;;": "en"} {
		p := s.get("/", "Accept-Language", accepted)
		p.leads(http.StatusFound, "/"+tag+"/practices")
		if !strings.Contains(strings.Join(p.header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("Vary is %q", p.header.Values("Vary"))
		}
	}
}

func TestShortAddressesLeadToTheListing(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, path := range []string{"/" + l.Tag(), "/" + l.Tag() + "/", "/" + l.Tag() + "/practices/"} {
			s.get(path).leads(http.StatusMovedPermanently, link.Catalogue(l.Tag()))
		}
	}
}

// A redirect keeps what is asked for, and a slash too many hides no page.
func TestRedirectsKeepTheQuery(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, to := range map[string]string{
		"/en?topic=roma":                                 "/en/practices?topic=roma",
		"/en/?q=school":                                  "/en/practices?q=school",
		"/en/practices/?q=school&country=GR":             "/en/practices?q=school&country=GR",
		"/en/practices/" + ioannina + "/":                "/en/practices/" + ioannina,
		"/ar/practices/" + ioannina + "/?topic=refugees": "/ar/practices/" + ioannina + "?topic=refugees",
		"/en/about/":                                     "/en/about",
		"/en/account/second-factor//":                    "/en/account/second-factor",
	} {
		s.get(path).leads(http.StatusMovedPermanently, to)
	}
	s.get("/?q=school", "Accept-Language", "fr").leads(http.StatusFound, "/fr/practices?q=school")
	for _, path := range []string{"/en/nothing/", "/xx/about/", "//example.org/about/", "//"} {
		s.get(path).is(http.StatusNotFound)
	}
}

// What is written badly is read as it was meant, and what is no value is named.
func TestNoWordIsDroppedInSilence(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, to := range map[string]string{"q=100%": "q=100%25", "q=school&amp;topic=roma": "q=school&topic=roma", "country=de": "country=DE",
		"q=a;b": "q=a%3Bb"} {
		s.get("/en/practices?"+query).leads(http.StatusFound, "/en/practices?"+to)
	}
	s.visit("/en/practices?topic=cooking").says("main", "“cooking” is not a value of")
}

func TestSwitcherKeepsAddressAndFilters(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, rest := range []string{"/practices", "/practices?q=school&country=GR&country=IT&sort=title&size=50",
		"/practices/" + ioannina, "/practices/" + ioannina + "?topic=refugees", "/help", "/no/such/page"} {
		p := s.get("/de" + rest)
		var want []string
		for _, l := range locale.All() {
			want = append(want, "/"+l.Tag()+rest)
		}
		same(t, rest, attrs(all(p.doc, "#languages a"), "href"), want)
	}
}

func TestSwitcherNamesLanguagesInThemselves(t *testing.T) {
	t.Parallel()
	links := all(openSample(t).visit("/ar/practices").doc, "#languages a")
	same(t, "names", texts(links), []string{"English", "Français", "Deutsch", "Español", "Ελληνικά", "Shqip", "Українська", "العربية"})
	same(t, "lang", attrs(links, "lang"), []string{"en", "fr", "de", "es", "el", "sq", "uk", "ar"})
	same(t, "current", attrs(links, "aria-current"), []string{"", "", "", "", "", "", "", "true"})
}

// TestHEADIsGETWithoutBody uses a real connection, for there the body is cut.
func TestHEADIsGETWithoutBody(t *testing.T) {
	t.Parallel()
	front := httptest.NewServer(openSample(t).handler)
	defer front.Close()
	client := front.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, path := range []string{"/", "/en", "/en/practices", "/en/practices?topic=", "/en/practices/" + ioannina, "/en/help",
		"/en/nothing", "/healthz", "/readyz", "/robots.txt", "/favicon.ico", static.Path("style.css")} {
		get, err := client.Get(front.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		get.Body.Close()
		head, err := client.Head(front.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		head.Body.Close()
		if head.StatusCode != get.StatusCode {
			t.Errorf("%s: HEAD %d, GET %d", path, head.StatusCode, get.StatusCode)
		}
		for _, name := range []string{"Content-Type", "ETag", "Location", "Cache-Control", "Content-Security-Policy"} {
			if h, g := head.Header.Get(name), get.Header.Get(name); h != g {
				t.Errorf("%s: %s is %q for HEAD, %q for GET", path, name, h, g)
			}
		}
	}
}

func TestMachineAddresses(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	if p := s.visit("/healthz"); p.body != "ok\n" {
		t.Errorf("/healthz says %q", p.body)
	}
	robots := s.visit("/robots.txt")
	if !strings.HasPrefix(robots.body, "User-agent: *\n") || robots.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("robots.txt is %q %q", robots.header.Get("Content-Type"), robots.body)
	}
	icon := s.get("/favicon.ico")
	icon.is(http.StatusFound)
	if p := s.visit(icon.header.Get("Location")); p.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the icon is %q", p.header.Get("Content-Type"))
	}
}

func TestReadyUntilLeaving(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	s.visit("/readyz") // a database that is away for a while does not count
	s.Leave()
	s.get("/readyz").is(http.StatusServiceUnavailable)
	s.visit("/healthz")
	s.visit("/en/practices") // who is here already is still served
}

// A reader who goes away is no fault of the site.
func TestReaderGoesAway(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	ctx, leave := context.WithCancel(t.Context())
	leave()
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodGet, "/en/practices/"+ioannina, nil))
	if said := s.log.String(); answer.Code != 499 || !strings.Contains(said, "the reader went away") || strings.Contains(said, "ERROR") {
		t.Errorf("%d, %s", answer.Code, said)
	}
}

// A standby answers questions and takes no changes. Connections to it are given up, so
// that the site recovers once the address leads to a server that takes them.
func TestReadOnlyDatabase(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	s.visit("/readyz/write")
	turn := func(how string) {
		testdb.Exec(t, s.Store, `begin read write; do $$ begin
			execute format('alter database %I set default_transaction_read_only = `+how+`', current_database());
			perform pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
		end $$; commit`)
	}
	await := func(what string, path string, status int) {
		t.Helper()
		for tries := 0; s.get(path).status != status; tries++ {
			if tries == 100 {
				t.Fatalf("%s: in vain", what)
			}
			<-time.After(50 * time.Millisecond)
		}
	}
	turn("on")
	await("that nothing can be written", "/readyz/write", http.StatusServiceUnavailable)
	s.stranger().post(signInPath, "mail", a.Mail, "password", password).is(http.StatusServiceUnavailable)
	findings, err := s.Store.Examine(t.Context())
	for tries := 0; err != nil && tries < 100; tries++ { // connections that were ended are found out one by one
		findings, err = s.Store.Examine(t.Context())
	}
	if i := slices.IndexFunc(findings, func(f store.Finding) bool { return f.Subject == "changes" }); err != nil || i < 0 || !strings.Contains(findings[i].Advice, "primary") {
		t.Errorf("doctor says %+v, %v", findings, err)
	}
	s.visit("/readyz")
	s.visit("/en/practices")
	turn("off")
	await("that changes are taken again", "/readyz/write", http.StatusOK)
	s.stranger().post(signInPath, "mail", a.Mail, "password", password).is(http.StatusSeeOther)
}

func TestNotReadyWithoutCatalogue(t *testing.T) {
	t.Parallel()
	s := assemble(t, &store.Store{}, nil)
	s.get("/readyz").is(http.StatusServiceUnavailable)
	s.visit("/healthz")
}

// TestEveryLinkLeadsSomewhere follows every link of a few pages: it shows a
// page at once, and a fragment exists where it points.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	seen := map[string]bool{}
	for _, start := range []string{"/en/practices", "/ar/practices?topic=refugees&country=GR", "/el/practices/" + ioannina + "?topic=refugees",
		"/uk/practices?q=xyzzy&country=GR", "/en/practices?page=99", "/fr/help", "/en/nothing"} {
		for _, href := range attrs(all(s.get(start).doc, "a[href]"), "href") {
			path, fragment, _ := strings.Cut(href, "#")
			if strings.Contains(href, ":") || seen[href] || path == "" || strings.HasSuffix(start, path) {
				continue
			}
			seen[href] = true
			if p := s.get(path); p.status != http.StatusOK && !strings.Contains(path, "nothing") && !strings.Contains(path, "page=99") {
				t.Errorf("%s links to %s: status %d to %q", start, href, p.status, p.header.Get("Location"))
			} else if fragment != "" {
				p.one("#" + fragment)
			}
		}
	}
}

func TestPagesAreWhole(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, address := range append(addresses("el"), "/en/nothing") {
		p := s.get(address)
		ids := map[string]bool{}
		for _, id := range attrs(all(p.doc, "[id]"), "id") {
			if ids[id] {
				t.Errorf("%s: two elements are called %q", address, id)
			}
			ids[id] = true
		}
		p.one("h1")
		p.one("main")
		for _, name := range []string{"for", "aria-labelledby"} {
			for _, id := range attrs(all(p.doc, "["+name+"]"), name) {
				if !ids[id] {
					t.Errorf("%s: %s=%q points nowhere", address, name, id)
				}
			}
		}
		if skip := strings.TrimPrefix(attr(p.one("a.skip"), "href"), "#"); !ids[skip] {
			t.Errorf("%s: the first link skips to %q, which is not there", address, skip)
		}
	}
}

// The template asks for what the form asks for: its sections, which of them may be left
// out, and how long they may be.
func TestTemplateHasEverySection(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/template")
	headings := texts(all(p.doc, "article h2"))
	l, _ := locale.Find("en")
	for _, section := range practice.Sections {
		want, part := l.T("section."+string(section)), submission.Part(section)
		if part.Optional() {
			want += " " + l.T("form.optional")
		}
		if !slices.Contains(headings, want) {
			t.Errorf("the template lacks %q", want)
		}
		if words := part.Words(); words > 0 {
			p.says("article", l.T("guidance."+string(section))+" "+l.T("part.words", "Limit", words))
		}
	}
	p.says("article", "Up to 100 words")
}
