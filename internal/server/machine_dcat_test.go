package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server"
)

// triples are the statements of the JSON-LD as another program reads them, in the
// order of N-Quads.
func (p page) triples() []string {
	p.Helper()
	p.is(http.StatusOK)
	var document any
	if err := json.Unmarshal([]byte(p.body), &document); err != nil {
		p.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.Format = "application/n-quads"
	read, err := ld.NewJsonLdProcessor().ToRDF(document, options)
	if err != nil {
		p.Fatal(err)
	}
	return slices.Sorted(strings.SplitSeq(strings.TrimSpace(read.(string)), "\n"))
}

func TestCatalogueIsDescribedToPortals(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.By = server.Publisher{Name: `City of "Ioannina" \ Ιωάννινα`}
	s.restart()
	p := s.visit("/catalogue.jsonld")
	got := p.triples()
	const dcat, dct, authority = "<http://www.w3.org/ns/dcat#", "<http://purl.org/dc/terms/", "<http://publications.europa.eu/resource/authority/"
	want := []string{
		"<" + origin + "/#catalogue> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " + dcat + "Catalog> .",
		"<" + origin + "/#catalogue> " + dcat + "dataset> <" + origin + "/#practices> .",
		"<" + origin + "/#catalogue> " + dct + "license> <https://creativecommons.org/licenses/by/4.0/> .",
		"<" + origin + "/#practices> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " + dcat + "Dataset> .",
		"<" + origin + "/#practices> " + dct + "publisher> <" + origin + "/#publisher> .",
		"<" + origin + `/#publisher> <http://xmlns.com/foaf/0.1/name> "City of \"Ioannina\" \\ Ιωάννινα" .`,
	}
	for _, l := range locale.All() {
		address := origin + link.Catalogue(l.Tag())
		want = append(want, "<"+origin+"/#practices> "+dct+`description> "`+l.T("layout.tagline")+`"@`+l.Tag()+" .",
			"<"+origin+"/#practices> "+dcat+`keyword> "`+l.T("topic.refugees")+`"@`+l.Tag()+" .",
			"<"+origin+"/#practices> "+dcat+"distribution> <"+address+"#pages> .",
			"<"+address+"#pages> "+dcat+"accessURL> <"+address+"> .")
		s.visit(link.Catalogue(l.Tag()))
	}
	for _, triple := range want {
		if !slices.Contains(got, triple) {
			t.Errorf("it is not said that %s", triple)
		}
	}
	languages := 0
	for _, triple := range got {
		if strings.HasSuffix(triple, authority+"language/> .") {
			t.Errorf("a language without a name: %s", triple)
		}
		if strings.HasPrefix(triple, "<"+origin+"/#practices> "+dct+"language> ") {
			languages++
		}
	}
	if languages != len(locale.All()) || p.header.Get("Content-Type") != "application/ld+json" {
		t.Errorf("%d languages, as %q", languages, p.header.Get("Content-Type"))
	}
}

// Turtle and JSON-LD say the same. The Turtle is so plain that undoing its two
// abbreviations gives N-Triples.
func TestTurtleSaysTheSame(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.By = server.Publisher{Name: `City of "Ioannina" \`}
	s.restart()
	p := s.visit("/catalogue.ttl")
	if got := p.header.Get("Content-Type"); got != "text/turtle; charset=utf-8" {
		t.Errorf("content type %q", got)
	}
	spaces := map[string]string{}
	full := func(name string) string {
		if prefix, rest, ok := strings.Cut(name, ":"); ok && name[0] != '<' {
			return "<" + spaces[prefix] + rest + ">"
		}
		return name
	}
	var got []string
	var subject, predicate string
	for line := range strings.Lines(p.body) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "@prefix "); ok {
			name, space, _ := strings.Cut(strings.TrimSuffix(rest, "> ."), ": <")
			spaces[name] = space
			continue
		}
		if line == "" {
			continue
		}
		line = line[:len(line)-2] // the end of a statement
		if line[0] == '<' && strings.Contains(line, " a ") {
			subject, line, _ = strings.Cut(line, " a ")
			got = append(got, subject+" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "+full(line)+" .")
			continue
		}
		if line[0] != '<' && line[0] != '"' {
			predicate, line, _ = strings.Cut(line, " ")
		}
		got = append(got, subject+" "+full(predicate)+" "+line+" .")
	}
	slices.Sort(got)
	same(t, "statements", got, s.visit("/catalogue.jsonld").triples())
}
