package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// bureau is a site with signed-in people: two officers of Ioannina, one of
// Bergen, and an editor.
type bureau struct {
	*site
	ana, bo, ivo, kim, administrator *client
	ofSeveral                        map[string]*client // by their roles
}

func openBureau(t *testing.T) *bureau {
	t.Helper()
	s := openOwn(t)
	return &bureau{s, s.as(account.Officer, "GR Ioannina"), s.as(account.Officer, "GR Ioannina"), s.as(account.Officer, "NO Bergen"), s.as(account.Editor), nil, map[string]*client{}}
}

// fields are those of a form; several values of one name are joined with "|".
type fields map[string]string

// posts sends a form; headers are alternately names and values.
func (c *client) posts(path string, f fields, headers ...string) page {
	c.Helper()
	form := url.Values{}
	for name, value := range f {
		form[name] = strings.Split(value, "|")
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	return c.request(r, append(slices.Clone(headers), "Content-Type", "application/x-www-form-urlencoded")...)
}

// filled is the last form of a page as a browser would send it, with some fields
// changed.
func (p page) filled(changed fields) fields {
	p.Helper()
	forms := all(p.doc, "main form")
	if len(forms) == 0 {
		p.Fatalf("%s has no form", p.path)
	}
	form, f := forms[len(forms)-1], fields{}
	add := func(name, value string) {
		if old, ok := f[name]; ok {
			value = old + "|" + value
		}
		f[name] = value
	}
	// fieldsOf are those in the form, and those elsewhere that belong to it.
	fieldsOf := func(tag string) []*html.Node {
		list := all(form, tag)
		if id := attr(form, "id"); id != "" {
			list = append(list, all(p.doc, "main "+tag+"[form="+id+"]")...)
		}
		return list
	}
	for _, input := range fieldsOf("input") {
		kind := attr(input, "type")
		if box := kind == "checkbox" || kind == "radio"; !box || has(input, "checked") {
			add(attr(input, "name"), attr(input, "value"))
		}
	}
	for _, list := range fieldsOf("select") {
		chosen := ""
		for _, option := range all(list, "option") {
			if has(option, "selected") {
				chosen = attr(option, "value")
			}
		}
		add(attr(list, "name"), chosen)
	}
	for _, area := range fieldsOf("textarea") {
		add(attr(area, "name"), text(area))
	}
	for name, value := range changed {
		f[name] = value
	}
	return f
}

var numbered = regexp.MustCompile(`/submissions/(\d+)`)

// begins starts a submission, and returns the address of its task list.
func (c *client) begins(title string) string {
	c.Helper()
	form := c.visit("/en/submissions/new")
	sent := c.posts("/en/submissions/new", form.filled(fields{"title": title, "language": "en"}))
	at := sent.header.Get("Location")
	if sent.status != http.StatusSeeOther || !numbered.MatchString(at) {
		c.Fatalf("beginning %q: status %d to %q", title, sent.status, at)
	}
	return at
}

// writes changes fields in the form of a part and sends it.
func (c *client) writes(part string, f fields) page {
	c.Helper()
	return c.posts(part, c.visit(part).filled(f))
}

// complete starts a submission and fills in all required parts.
func (c *client) complete(title string) string {
	c.Helper()
	at := c.begins(title)
	c.writes(at+"/period", fields{"start_year": "2017", "start_month": "4", "ongoing": "yes"})
	c.writes(at+"/topics", fields{"topics": "refugees|education", "completed": "yes"})
	for _, part := range []string{"summary", "purpose", "process", "impact", "contact"} {
		c.writes(at+"/"+part, fields{"text": "Words about " + part, "completed": "yes", "person": "no"}).is(http.StatusSeeOther)
	}
	return at
}

// submits completes a submission and sends it to the editors.
func (c *client) submits(title string) string {
	c.Helper()
	at := c.complete(title)
	c.posts(at+"/check", c.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	return at
}

// stored is the submission at an address, as the database has it.
func (s *site) stored(at string) submission.Submission {
	s.Helper()
	var id submission.ID
	if _, err := fmt.Sscan(numbered.FindStringSubmatch(at)[1], &id); err != nil {
		s.Fatal(err)
	}
	found, err := s.Store.Submissions.Find(s.T.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return found
}

// edits takes a step with a submission as an editor.
func (c *client) edits(at string, step submission.Step) {
	c.Helper()
	step.By, step.At = c.viewer, today
	now := c.stored(at)
	if _, err := c.Store.Submissions.Advance(c.T.Context(), now.ID, now.Version, step); err != nil {
		c.Fatal(err)
	}
}

// asks stores an editor's comment on a part.
func (c *client) asks(at, part, words string) {
	c.Helper()
	now := c.stored(at)
	err := c.Store.Submissions.AddComment(c.T.Context(), store.Contribution{Submission: now.ID, By: c.viewer, At: today},
		submission.Comment{Part: submission.Part(part), Text: words}, words)
	if err != nil {
		c.Fatal(err)
	}
}

// practice is a practice of the catalogue.
func (s *site) practice(slug string) practice.Practice {
	s.Helper()
	p, err := s.Store.Practices.Find(s.T.Context(), slug)
	if err != nil {
		s.Fatal(err)
	}
	return p
}
