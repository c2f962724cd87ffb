package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/submission"
)

// fails checks that a program is told of a problem as RFC 9457 has it.
func (p page) fails(status int, phrases ...string) {
	p.Helper()
	p.is(status)
	var told struct{ Status int }
	err := json.Unmarshal([]byte(p.body), &told)
	if got := p.header.Get("Content-Type"); err != nil || got != "application/problem+json" || told.Status != status {
		p.Errorf("%s: %q of type %q, %v", p.path, p.body, got, err)
	}
	if p.header.Get("ETag") != "" || p.header.Get("Cache-Control") != "no-store" || p.header.Get("Access-Control-Allow-Origin") != "*" {
		p.Errorf("%s: headers %v", p.path, p.header)
	}
	for _, phrase := range phrases {
		if !strings.Contains(p.body, phrase) {
			p.Errorf("%s: %s, want %q in it", p.path, p.body, phrase)
		}
	}
}

func TestProgramsAreToldWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	practices := link.API + "/practices"
	for query, phrase := range map[string]string{"topics=roma": "query.topics", "topic=none": "query.topic", "limit=101": "query.limit", "limit=0": "query.limit", "limit=x": "query.limit",
		"locale=xx": "query.locale", "sort=best": "query.sort", "sort=relevance": "query.sort", "cursor=x": "query.cursor", "cursor=1": "query.cursor", "cursor=1-2-3-x-0": "query.cursor",
		"cursor=1-2-3-x-00000000": "query.cursor", "cursor=-1-2": "query.cursor", "cursor=1-99999999999999999999-1--00000000": "query.cursor", "page=2": "query.page"} {
		s.get(practices+"?"+query).fails(http.StatusUnprocessableEntity, `"location":"`+phrase+`"`)
	}
	s.get(link.API+"/cities?cursor=%00").fails(http.StatusUnprocessableEntity, "query.cursor")
	s.get(link.API+"/topics?x=1").fails(http.StatusUnprocessableEntity, "query.x")
	for _, path := range []string{"/practices/none", "/practices/%00", "/practices/A", "/none", "", "/"} {
		s.get(link.API + path).fails(http.StatusNotFound)
	}
	s.send(http.MethodPost, practices).fails(http.StatusMethodNotAllowed)
	s.get(practices + "?q=" + strings.Repeat("a", 9000)).fails(http.StatusRequestURITooLong)
	s.PageLimit = 1
	s.restart()
	s.visit(practices + "?limit=1")
	p := s.get(practices + "?limit=2")
	p.fails(http.StatusTooManyRequests)
	if p.header.Get("Retry-After") == "" {
		t.Error("it is not said when to try again")
	}
	away := openAway(t).get(link.APIPractice(ioannina))
	away.fails(http.StatusServiceUnavailable)
	if away.header.Get("Retry-After") == "" {
		t.Error("it is not said when to try again")
	}
}

// What has been renamed or archived is not simply missing.
func TestProgramsLearnWhatBecameOfAPractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	step := submission.PracticeStep{Action: submission.Archive, By: b.kim.viewer, Reason: "It was listed twice.", At: today}
	if err := b.Store.Practices.Advance(t.Context(), ioannina, step); err != nil {
		t.Fatal(err)
	}
	b.get(link.APIPractice(ioannina)).fails(http.StatusGone, "It was listed twice.")
}

// Scripts of other sites may read, and nothing else.
func TestScriptsOfOtherSitesMayRead(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/practices?limit=1", "/topics", "/openapi.json", "/none"} {
		p := s.get(link.API+path, "Origin", "https://city.example")
		if p.header.Get("Access-Control-Allow-Origin") != "*" || p.header.Get("Access-Control-Allow-Credentials") != "" || p.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %v", path, p.header)
		}
		asked := s.send(http.MethodOptions, link.API+path, "Origin", "https://city.example", "Access-Control-Request-Method", "GET")
		asked.is(http.StatusNoContent)
		if got := asked.header.Get("Access-Control-Allow-Methods"); got != "GET, HEAD, OPTIONS" {
			t.Errorf("%s: methods %q", path, got)
		}
	}
	for _, path := range []string{"/en/practices", "/en/practices.json", "/en/sign-in", "/"} {
		if got := s.get(path, "Origin", "https://city.example").header.Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s is open to %q", path, got)
		}
	}
}

// Who has an answer already gets none, until the catalogue changes.
func TestProgramsAskWithTags(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	for _, path := range []string{link.API + "/practices?limit=2", link.APIPractice(ioannina), link.API + "/topics", link.API + "/openapi.json"} {
		p := s.visit(path)
		tag := p.header.Get("ETag")
		again := s.get(path, "If-None-Match", tag)
		again.is(http.StatusNotModified)
		if again.body != "" || tag == "" || again.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: %q, tag %q, %v", path, again.body, tag, again.header)
		}
		head := s.send(http.MethodHead, path)
		head.is(http.StatusOK)
		zipped := s.get(path, "Accept-Encoding", "gzip")
		unzip, err := gzip.NewReader(bytes.NewReader([]byte(zipped.body)))
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(unzip); err != nil || string(body) != p.body {
			t.Errorf("%s: compressed it is %q, %v", path, body, err)
		}
		s.changes(ioannina)
		s.get(path, "If-None-Match", tag).is(http.StatusOK)
	}
}

// The description is valid, complete, and the same in both formats.
func TestInterfaceIsDescribed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit(link.OpenAPI("json"))
	var spec struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			Parameters []struct{ Name, In, Description string }
			Responses  map[string]any
		}
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal([]byte(p.body), &spec); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(spec.OpenAPI, "3.1") || spec.Servers[0].URL != origin+link.API || len(spec.Paths) != 8 {
		t.Errorf("version %s at %s, %d paths", spec.OpenAPI, spec.Servers[0].URL, len(spec.Paths))
	}
	for path, operations := range spec.Paths {
		if len(operations) != 1 || operations["get"].Responses["200"] == nil {
			t.Errorf("%s: %+v", path, operations)
		}
	}
	names := map[string]int{}
	for _, parameter := range spec.Paths["/practices"]["get"].Parameters {
		names[parameter.Name]++
	}
	for _, name := range []string{"q", "topic", "country", "city", "year", "language", "status", "sort", "limit", "cursor", "locale"} {
		if names[name] != 1 {
			t.Errorf("parameter %s stands %d times", name, names[name])
		}
	}
	if len(spec.Components.Schemas["Practice"].Properties) < 20 || strings.Contains(p.body, "$schema") {
		t.Errorf("%s", p.body)
	}
	if yaml := s.visit(link.OpenAPI("yaml")); !strings.Contains(yaml.body, "openapi: 3.1.0") {
		t.Errorf("%s", yaml.body)
	}
}
