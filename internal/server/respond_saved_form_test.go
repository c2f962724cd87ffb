package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/attachment"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// hold locks tables, so that every question about them waits until the end of its
// patience, as of a database that is silent. release lets it speak again.
func (s *site) hold(tables string) (release func()) {
	s.Helper()
	s.Store.Limit(200 * time.Millisecond)
	held, err := pgx.Connect(s.Context(), testdb.URL(s.T, s.Store))
	if err == nil {
		_, err = held.Exec(s.Context(), `begin; lock table `+tables+` in access exclusive mode`)
	}
	if err != nil {
		s.Fatal(err)
	}
	return func() {
		held.Close(s.Context())
		s.Store.Limit(10 * time.Second)
	}
}

// again sends a form that an error page gives back, as a browser does.
func (c *client) again(p page) page {
	c.Helper()
	form := p.one("#resume")
	var body strings.Builder
	for _, hidden := range all(form, "input[type=hidden]") {
		body.WriteString("--x\r\nContent-Disposition: form-data; name=\"" + attr(hidden, "name") + "\"\r\n\r\n" + attr(hidden, "value") + "\r\n")
	}
	body.WriteString("--x--\r\n")
	return c.request(httptest.NewRequest(http.MethodPost, attr(form, "action"), strings.NewReader(body.String())), "Content-Type", "multipart/form-data; boundary=x")
}

// What is sent while the database is silent comes back, and can be sent again.
func TestNoWordIsLostWhileTheDatabaseIsSilent(t *testing.T) {
	t.Parallel()
	const words = "Words that took an hour to write & <more>"
	for name, table := range map[string]string{"who it is": "session", "what is written": "submission"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openPeople(t)
			ana := s.as(account.Officer, "GR Ioannina")
			to := ana.begins("A practice") + "/summary"
			form := ana.visit(to).filled(fields{"text": words, "act": "save"})
			release := s.hold(table)
			p := ana.posts(to, form)
			p.troubled(http.StatusServiceUnavailable, "en", "unsaved")
			p.says("blockquote.carried", words)
			if script := ana.posts(to, form, "Accept", "application/json"); script.status != http.StatusServiceUnavailable || strings.Contains(script.body, words) {
				t.Errorf("a script gets %d and the form", script.status)
			}
			release()
			ana.again(p).is(http.StatusSeeOther)
			ana.visit(to).says("textarea[name=text]", words)
		})
	}
}

// What editors write and decide comes back as well, wherever the database falls silent.
func TestNoWordOfAnEditorIsLost(t *testing.T) {
	t.Parallel()
	const words = "Words that took an hour to write & <more>"
	for _, table := range []string{"session", "submission", "event"} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			b := openBureau(t)
			at := b.ana.submits("A desk for newcomers")
			form := b.kim.visit(desks(at)).filled(fields{"say-impact": words, "add": "say-impact"})
			decision := fields{"version": b.version(at), "cause": "other", "words": words}
			release := b.hold(table)
			commented := b.kim.posts(desks(at)+"/comments", form)
			decided := b.kim.posts(desks(at)+"/reject", decision)
			for _, p := range []page{commented, decided} {
				p.troubled(http.StatusServiceUnavailable, "en", "unsaved")
				p.says("blockquote.carried", words)
			}
			release()
			b.kim.again(commented).is(http.StatusSeeOther)
			b.kim.visit(desks(at)).says("#part-impact", words)
			asked := b.kim.again(decided) // of what is to become of the comment
			asked.says("textarea[name=words]", words)
			b.kim.posts(desks(at)+"/reject", asked.filled(fields{"pending": "drop"})).is(http.StatusSeeOther)
			b.ana.visit(at).says("main", words)
		})
	}
}

// Where sending again cannot help, what was written is shown, to be copied: of a text that
// one has been taken off meanwhile.
func TestWhatCannotBeStoredIsShown(t *testing.T) {
	t.Parallel()
	const words = "Words that took an hour to write"
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	b.ana.posts(at+"/colleague", fields{"mail": b.ivo.mail}).is(http.StatusSeeOther)
	open := b.ivo.visit(at + "/impact").filled(fields{"text": words})
	b.ana.posts(fmt.Sprintf("%s/colleague/%d", at, b.ivo.id), nil).is(http.StatusSeeOther)
	gone := b.ivo.posts(at+"/impact", open)
	gone.troubled(http.StatusNotFound, "en", "404")
	gone.says("blockquote.carried", words)
	gone.lacks("#resume")
	if foreign := b.ivo.posts(at+"/impact", open, "Sec-Fetch-Site", "cross-site"); strings.Contains(foreign.body, words) {
		t.Error("what another site sends is shown as one's own words")
	}
}

// Files cannot be kept; the texts after them are, also where the file itself finds the
// database silent.
func TestTextsBesideFilesComeBack(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{"who it is": "session", "the file": "attachment"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openPeople(t)
			ana := s.as(account.Officer, "GR Ioannina")
			to := ana.begins("A practice") + "/impact"
			seen := ana.visit(to).filled(fields{})["seen"]
			body := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nA plain text of some words.\r\n" +
				"--x\r\nContent-Disposition: form-data; name=\"seen\"\r\n\r\n" + seen + "\r\n" +
				"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nChildren paint a wall\r\n--x--\r\n"
			release := s.hold(table)
			p := ana.request(httptest.NewRequest(http.MethodPost, to, strings.NewReader(body)), "Content-Type", "multipart/form-data; boundary=x")
			p.troubled(http.StatusServiceUnavailable, "en", "unsaved")
			p.says("main", "Files could not be kept", "Children paint a wall")
			release()
			ana.again(p).is(http.StatusSeeOther)
			ana.visit(to).says("textarea[name=text]", "Children paint a wall")
		})
	}
}

// Everything else that is sent comes back too, but nothing to sign in with.
func TestSecretsDoNotComeBack(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	for path, form := range map[string]url.Values{
		"/en/sign-in":                               {"mail": {"ana@example.org"}, "password": {"hidden-words"}, "carry-to": {"/en/account"}, "carry.text": {"what was written"}},
		"/en/account/password":                      {"current": {"hidden-words"}, "password": {"hidden-words"}, "mail": {"ana@example.org"}},
		"/en/account/address":                       {"current": {"hidden-words"}, "code": {"hidden-words"}, "mail": {"ana@example.org"}},
		"/en/account/second-factor":                 {"code": {"hidden-words"}, "mail": {"ana@example.org"}},
		"/en/account/passkeys":                      {"passkey": {"hidden-words"}, "mail": {"ana@example.org"}},
		"/en/invitation/" + strings.Repeat("x", 26): {"password": {"hidden-words"}, "mail": {"ana@example.org"}},
	} {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		p := s.do(r, "Content-Type", "application/x-www-form-urlencoded", "Cookie", "__Host-exempla=x; exempla-80=x")
		p.troubled(http.StatusServiceUnavailable, "en", "unsaved")
		p.says("main", "Passwords and codes are not kept")
		if strings.Contains(p.body, "hidden-words") || !strings.Contains(p.body, "ana@example.org") || strings.Contains(path, "sign-in") && !strings.Contains(p.body, "what was written") {
			t.Errorf("%s gives back: %s", path, p.body)
		}
	}
}

// A form without files is as short where files may come as elsewhere, and who has not
// signed in gets no further.
func TestFormsWithoutFilesAreShortEverywhere(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer, "GR Ioannina")
	path := "/en/submissions/7/" + string(submission.Pictures)
	for name, c := range map[string]*client{"stranger": s.stranger(), "officer": ana} {
		body := &lengthless{strings.NewReader("text=" + strings.Repeat("x", attachment.MaxSize))}
		c.request(httptest.NewRequest(http.MethodPost, path, body), "Content-Type", "application/x-www-form-urlencoded").is(http.StatusRequestEntityTooLarge)
		if read := attachment.MaxSize + len("text=") - body.Len(); read > 2*respond.MaxBody {
			t.Errorf("%s: %d bytes are read", name, read)
		}
	}
}

// lengthless is a body of unknown length.
type lengthless struct{ *strings.Reader }
