package server_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/theme"
)

// other is what the site is called in these tests, in every language.
const other = "Intercity"

// renamed gives the site another name.
func (s *site) renamed() {
	var t theme.Theme
	for _, l := range locale.All() {
		t.Words.Set(l.Tag(), locale.SiteName, locale.Forms{"other": other})
	}
	s.Theme = &theme.Current{}
	s.Theme.Show(theme.NewLook(1, t))
	s.restart()
}

// ofTheProgram are the pages that name the program, for its administrators.
var ofTheProgram = []string{"/{language}/appearance", "/{language}/state"}

// TestNothingHasTheOldName asks for every route as everybody, of a site that is called
// something else: pages, files of all kinds and their names, answers to programs.
func TestNothingHasTheOldName(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.renamed()
	waiting := b.handIn(b.ana)
	named := 0
	err := chi.Walk(b.handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method != http.MethodGet {
			return nil
		}
		for _, prefix := range ofTheProgram {
			if strings.HasPrefix(pattern, prefix) {
				return nil
			}
		}
		key := "refugees"
		if strings.Contains(pattern, "/countries/") {
			key = "GR"
		} else if strings.Contains(pattern, "/places/") {
			key = "gr-ioannina"
		}
		path := strings.NewReplacer("{language}", "en", "{slug}", ioannina, "{id}", waiting, "{part}", "summary", "{city}", "gr-ioannina", "{key}", key,
			"{hash}", strings.Repeat("0", 64), "{name}", "style.css").Replace(strings.TrimSuffix(pattern, "*"))
		if path == "/oai" {
			path += "?verb=Identify"
		}
		for _, c := range []*client{b.stranger(), b.ana, b.kim, b.root()} {
			p := c.request(httptest.NewRequest(method, path, nil))
			told := fmt.Sprint(p.header["Content-Disposition"]) + p.plainly()
			if strings.Contains(told, "Exempla") || strings.Contains(told, `filename="exempla`) {
				t.Errorf("%s still says Exempla: …%s…", path, around(told, "xempla"))
			}
			if strings.Contains(told, other) {
				named++
			}
		}
		return nil
	})
	if err != nil || named < 100 {
		t.Errorf("%d answers name the site, %v", named, err)
	}
	for path, says := range map[string]string{
		"/api/v1/openapi.json":                    `"title":"Intercity"`,
		"/api/v1/openapi.yaml":                    "title: Intercity",
		"/oai?verb=Identify":                      "<repositoryName>Intercity<",
		"/catalogue.ttl":                          `dct:title "Intercity"@en`,
		"/en/opensearch.xml":                      "<ShortName>Intercity (en)<",
		"/en/practices.atom":                      "<name>Intercity</name>",
		"/en/practices/" + ioannina + ".ris":      "PB  - Intercity\r\n",
		"/en/practices/" + ioannina + ".bib":      "howpublished = {Intercity}",
		"/en/practices/" + ioannina:               `<meta name="citation_publisher" content="Intercity">`,
		"/en/practices/" + ioannina + ".pdf":      "<dc:creator><rdf:Seq><rdf:li>Intercity<",
		"/en/embed":                               "– Intercity</title>",
		"/ar/practices/" + ioannina + ".csl.json": `"container-title": "Intercity"`,
	} {
		if p := b.stranger().visit(path); !strings.Contains(p.plainly(), says) {
			t.Errorf("%s does not say %q", path, says)
		}
	}
}

// The name stands where people keep what the site has given them: in apps with codes, and
// with their passkeys.
func TestNameInAuthenticators(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	s.renamed()
	c := s.as("officer", "GR Ioannina")
	if p := c.visit("/en/account/second-factor"); !strings.Contains(p.body, "otpauth://totp/"+other+":"+url.PathEscape(c.mail)) || !strings.Contains(p.body, "issuer="+other) {
		t.Error("codes have another name")
	}
	if p := c.post(link.Account("en", link.ChallengePart)); !strings.Contains(p.body, `"rp":{"name":"`+other+`"`) {
		t.Errorf("passkeys have another name: %s", p.body)
	}
}

// plainly is a response without the compression of files.
func (p page) plainly() string {
	switch content := []byte(p.body); {
	case bytes.HasPrefix(content, []byte("PK")):
		return p.unzipped(content)
	case bytes.HasPrefix(content, []byte("%PDF")):
		return p.inflated(content)
	}
	return p.body
}

func (p page) unzipped(content []byte) string {
	p.Helper()
	parts, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		p.Fatal(err)
	}
	var plain strings.Builder
	for _, f := range parts.File {
		in, err := f.Open()
		if err != nil {
			p.Fatal(err)
		}
		if _, err := io.Copy(&plain, in); err != nil {
			p.Fatal(err)
		}
	}
	return plain.String()
}

var deflated = regexp.MustCompile(`(?s)FlateDecode[^>]*>>\s*stream\r?\n`)

func (p page) inflated(content []byte) string {
	plain := p.body
	for _, at := range deflated.FindAllIndex(content, -1) {
		in, err := zlib.NewReader(bytes.NewReader(content[at[1]:]))
		if err == nil {
			all, _ := io.ReadAll(in)
			plain += string(all)
		}
	}
	return strings.ReplaceAll(plain, "Producer(Exempla)", "")
}

// around is the surroundings of a word in a text.
func around(all, word string) string {
	at := max(strings.Index(all, word), 0)
	return all[max(0, at-60):min(len(all), at+60)]
}
