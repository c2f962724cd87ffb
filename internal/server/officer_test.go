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

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// bureau is a site with people who are signed in: two officers of Ioannina, one
// of Bergen, and an editor.
type bureau struct {
	*site
	ana, bo, ivo, kim person
}

// person is somebody who is signed in at a site.
type person struct {
	*site
	account.Viewer
	headers []string
}

func openBureau(t *testing.T) *bureau {
	t.Helper()
	s := openOwn(t)
	b := &bureau{site: s}
	for i, p := range []*person{&b.ana, &b.bo, &b.ivo, &b.kim} {
		role, city := account.Officer, account.NewCity("GR", "Ioannina")
		switch i {
		case 2:
			city = account.NewCity("NO", "Bergen")
		case 3:
			role = account.Editor
		}
		*p = s.person(role, []string{"Ana", "Bo", "Ivo", "Kim"}[i], city)
	}
	return b
}

// person makes an account and signs it in.
func (s *site) person(role account.Role, name string, city account.City) person {
	s.Helper()
	mail := strings.ToLower(name) + "@city.example"
	testdb.Exec(s.T, s.Store, `insert into account (role, state, name, mail, handle, created) values ($1, 'active', $2, $3, $4, now())`,
		string(role), name, mail, []byte(mail))
	if role == account.Officer {
		testdb.Exec(s.T, s.Store, `insert into city (country, slug, name) values ($1, $2, $3) on conflict do nothing`, string(city.Country), city.Slug, city.Name)
		testdb.Exec(s.T, s.Store, `insert into account_city select a.id, c.id from account a, city c where a.mail = $1 and c.country = $2 and c.slug = $3`,
			mail, string(city.Country), city.Slug)
	}
	a, err := s.Store.AccountByMail(s.T.Context(), mail)
	if err != nil {
		s.Fatal(err)
	}
	return person{s, account.Viewer{ID: a.ID, Role: a.Role, Name: a.Name, Cities: a.Cities}, s.signedIn(a.ID)}
}

// signedIn are the headers of requests of somebody who is signed in.
func (s *site) signedIn(id account.ID) []string {
	return []string{"X-Test-Viewer", fmt.Sprint(id)}
}

// opens asks for an address.
func (p person) opens(path string) page {
	p.Helper()
	return p.get(path, p.headers...)
}

// sees asks for an address that must show a page at once.
func (p person) sees(path string) page {
	p.Helper()
	shown := p.opens(path)
	shown.is(http.StatusOK)
	return shown
}

// fields are those of a form.
type fields map[string]string

func (f fields) values() url.Values {
	values := url.Values{}
	for name, value := range f {
		values[name] = strings.Split(value, "|")
	}
	return values
}

// posts sends a form, more headers in pairs.
func (p person) posts(path string, f fields, headers ...string) page {
	p.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(f.values().Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.do(r, append(slices.Clone(p.headers), headers...)...)
}

// filled is the last form of a page as it stands there, with some fields
// changed. Values of the same name stand side by side.
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
	for _, input := range all(form, "input") {
		kind := attr(input, "type")
		if box := kind == "checkbox" || kind == "radio"; !box || has(input, "checked") {
			add(attr(input, "name"), attr(input, "value"))
		}
	}
	for _, list := range all(form, "select") {
		chosen := ""
		for _, option := range all(list, "option") {
			if has(option, "selected") {
				chosen = attr(option, "value")
			}
		}
		add(attr(list, "name"), chosen)
	}
	for _, area := range all(form, "textarea") {
		add(attr(area, "name"), text(area))
	}
	for name, value := range changed {
		f[name] = value
	}
	return f
}

var numbered = regexp.MustCompile(`/submissions/(\d+)`)

// begins starts a submission and gives the address of its task list.
func (p person) begins(title string) string {
	p.Helper()
	form := p.sees("/en/submissions/new")
	sent := p.posts("/en/submissions/new", form.filled(fields{"title": title, "language": "en"}))
	at := sent.header.Get("Location")
	if sent.status != http.StatusSeeOther || !numbered.MatchString(at) {
		p.Fatalf("beginning %q: status %d to %q", title, sent.status, at)
	}
	return at
}

// writes fills in a part as it stands.
func (p person) writes(part string, f fields) page {
	p.Helper()
	return p.posts(part, p.sees(part).filled(f))
}

// complete fills in all that a submission must have.
func (p person) complete(title string) string {
	p.Helper()
	at := p.begins(title)
	p.writes(at+"/period", fields{"start_year": "2017", "start_month": "4", "ongoing": "yes"})
	p.writes(at+"/topics", fields{"topics": "refugees|education", "completed": "yes"})
	for _, part := range []string{"summary", "purpose", "process", "impact", "contact"} {
		p.writes(at+"/"+part, fields{"text": "Words about " + part, "completed": "yes"}).is(http.StatusSeeOther)
	}
	return at
}

// submits hands a complete submission to the editors.
func (p person) submits(title string) string {
	p.Helper()
	at := p.complete(title)
	p.posts(at+"/check", p.sees(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	return at
}

// stored is the submission of an address.
func (s *site) stored(at string) submission.Submission {
	s.Helper()
	var id submission.ID
	if _, err := fmt.Sscan(numbered.FindStringSubmatch(at)[1], &id); err != nil {
		s.Fatal(err)
	}
	found, err := s.Store.Submission(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return found
}

// edits takes a step of an editor with a submission.
func (p person) edits(at string, step submission.Step) {
	p.Helper()
	step.By, step.At = p.Viewer, today
	now := p.stored(at)
	if _, err := p.Store.Advance(p.Context(), now.ID, now.Version, step); err != nil {
		p.Fatal(err)
	}
}

// asks is an editor asking for a change of a part.
func (p person) asks(at, part, words string) {
	p.Helper()
	now := p.stored(at)
	err := p.Store.AddComment(p.Context(), store.Remark{Submission: now.ID, By: p.Viewer, At: today},
		submission.Comment{Part: submission.Part(part), Text: words}, words)
	if err != nil {
		p.Fatal(err)
	}
}
