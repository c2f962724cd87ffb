package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/exchange"
	"exempla/internal/link"
)

// The whole catalogue is one file that import reads, with its licence.
func TestWholeCatalogueAsLines(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit(link.JSONLines)
	practices, faults, err := exchange.Read(strings.NewReader(p.body), "catalogue.jsonl")
	if len(practices) != s.Catalogue.Index().Size() || len(faults) > 0 || err != nil {
		t.Errorf("%d practices, %v, %v", len(practices), faults, err)
	}
	for name, want := range map[string]string{"Content-Type": "application/jsonl", "Link": `<https://creativecommons.org/licenses/by/4.0/>; rel="license"`,
		"Access-Control-Allow-Origin": "*", "Content-Language": "", "Content-Disposition": `attachment; filename="exempla.jsonl"`} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	s.get(link.JSONLines, "If-None-Match", p.header.Get("ETag")).is(http.StatusNotModified)
	for _, said := range []string{origin + link.JSONLines + "#lines> <http://www.w3.org/ns/dcat#downloadURL> <" + origin + link.JSONLines + ">",
		origin + link.API + "#service> <http://www.w3.org/ns/dcat#endpointURL> <" + origin + link.API + ">"} {
		if !strings.Contains(strings.Join(s.visit(link.JSONLD).triples(), "\n"), said) {
			t.Errorf("portals do not learn of %s", said)
		}
	}
}
