package link_test

import (
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/link"
)

func selection(t *testing.T, query string) catalogue.Selection {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Parse(values)
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	everything := selection(t, "")
	narrowed := selection(t, "q=help+desk&country=GR&topic=refugees&sort=title&page=3")
	for _, c := range []struct{ what, got, want string }{
		{"home", link.Home, "/"},
		{"page", link.Page("el", link.Accessibility), "/el/accessibility"},
		{"catalogue", link.Catalogue("fr"), "/fr/practices"},
		{"everything", link.Browse("fr", everything), "/fr/practices"},
		{"selection", link.Browse("fr", narrowed), "/fr/practices?q=help+desk&topic=refugees&country=GR&sort=title&page=3"},
		{"words", link.Browse("en", selection(t, "q=%22a%26b%22+%3F%23")), "/en/practices?q=%22a%26b%22+%3F%23"},
		{"practice", link.Practice("uk", "art-therapy-in-lutsk"), "/uk/practices/art-therapy-in-lutsk"},
		{"found in everything", link.Found("uk", "x", everything), "/uk/practices/x"},
		{"found on a page", link.Found("uk", "x", narrowed), "/uk/practices/x?q=help+desk&topic=refugees&country=GR&sort=title"},
		{"text", link.Text("ar", "x", "ja"), "/ar/practices/x?text=ja"},
		{"topic", link.Topic("de", "anti-rumour"), "/de/practices?topic=anti-rumour"},
		{"entry", link.Entry("x"), "#" + link.EntryID("x")},
		{"entry's id", link.EntryID("x"), "practice-x"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestInLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ path, query, want string }{
		{"/en/practices", "", "/el/practices"},
		{"/en/practices", "country=GR&q=a%26b", "/el/practices?country=GR&q=a%26b"},
		{"/en/practices/x", "topic=roma", "/el/practices/x?topic=roma"},
		{"/en", "", "/el"},
		{"/en/", "", "/el/"},
		{"/", "", "/el"},
		{"/ar/no/such%20page", "", "/el/no/such%20page"},
		{"/en//evil.example", "", "/el//evil.example"},
	} {
		if got := link.InLanguage("el", c.path, c.query); got != c.want {
			t.Errorf("%s?%s: %q, want %q", c.path, c.query, got, c.want)
		}
	}
}

// TestInLanguageComesBack changes the language and back again.
func TestInLanguageComesBack(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"/en/practices", "/en/practices?q=a%26b&country=GR", "/en/practices/x?topic=roma", "/en"} {
		path, query, _ := strings.Cut(address, "?")
		path, query, _ = strings.Cut(link.InLanguage("ar", path, query), "?")
		if got := link.InLanguage("en", path, query); got != address {
			t.Errorf("%q comes back as %q", address, got)
		}
	}
}

func TestSiteMakesAddressesComplete(t *testing.T) {
	t.Parallel()
	for site, want := range map[link.Site]string{"https://exempla.example": "https://exempla.example/en", "http://localhost:8080/": "http://localhost:8080/en"} {
		if got := site.Absolute("/en"); got != want {
			t.Errorf("%s: %q, want %q", site, got, want)
		}
	}
}

// TestSelectionSurvivesItsAddress reads what Browse and Found write.
func TestSelectionSurvivesItsAddress(t *testing.T) {
	t.Parallel()
	s := selection(t, "q=%D8%B5%D9%86%D8%AF%D9%88%D9%82+%2B+%22x%22&topic=roma&topic=refugees&year=unknown&year=2019&language=ar&status=ended&size=50")
	for _, address := range []string{link.Browse("ar", s), link.Found("ar", "x", s)} {
		parsed, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := catalogue.Parse(parsed.Query()); got.Query() != s.Query() || got.Words != s.Words {
			t.Errorf("%s gives %q", address, got.Query())
		}
	}
}
