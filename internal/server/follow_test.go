package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// secretOf makes the secret of the latest mail to a reader that waits, as the mailer does.
func (s *site) secretOf(kind store.MailKind) string {
	s.Helper()
	secret, err := s.Store.Subscriptions.LinkSecret(s.Context(), s.sealed(kind).Link)
	if err != nil {
		s.Fatal(err)
	}
	return secret
}

// mailsOf counts the mails of a kind that wait.
func (s *site) mailsOf(kind store.MailKind) (count int) {
	s.Helper()
	q, err := s.Store.Queue.State(s.Context(), today)
	if err != nil {
		s.Fatal(err)
	}
	for _, w := range q.Waiting {
		if w.Job.Mail == kind {
			count++
		}
	}
	return count
}

// kept counts the rows of subscriptions under a condition.
func (s *site) kept(where string) int {
	s.Helper()
	return testdb.Count(s.T, s.Store, `select count(*) from subscription where `+where)
}

// A reader asks for mails about a selection, confirms, changes how often they come and
// stops them. No GET or HEAD does any of it.
func TestFollow(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	listing := c.visit("/fr/practices?topic=refugees&country=GR&sort=title&size=10")
	path := attr(listing.one("a[href=/fr/follow?topic=refugees&country=GR]"), "href")
	p := c.visit(path)
	p.says("main", "Grèce", "Suivre par courriel", "pratique")
	if attr(p.one("meta[name=robots]"), "content") != "noindex" {
		t.Error("search engines list the page")
	}
	p = c.post(path, "mail", "no address", "rhythm", "daily")
	p.is(http.StatusUnprocessableEntity)
	if attr(p.one("#mail"), "value") != "no address" || !has(p.one("input[value=daily]"), "checked") {
		t.Error("what was typed is lost")
	}
	c.post(path, "mail", "Reader@city.example", "rhythm", "daily").says("main", "Reader@city.example", "deux jours")
	if s.kept(`not confirmed and language = 'fr' and selection = 'topic=refugees&country=GR' and rhythm = 'daily'`) != 1 {
		t.Fatal("nothing is asked for")
	}
	link := "/fr/follow/" + s.secretOf(store.MailFollow)
	for _, address := range []string{link, link + "/stop"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			s.send(method, address)
		}
	}
	c.visit(link).says("main", "Grèce", "Reader@city.example", "Une fois par jour")
	if s.kept(`not confirmed`) != 1 {
		t.Fatal("a GET confirms or stops")
	}
	c.post(link, "act", "confirm").says("main .note", "C’est confirmé")
	if s.kept(`confirmed`) != 1 {
		t.Fatal("it is not confirmed")
	}
	c.visit(link).says("button[value=stop]", "Ne plus recevoir")
	c.visit(link).lacks("button[value=stop_all]")
	c.post(link, "act", "pace", "rhythm", "hourly")
	c.post(link, "act", "pace", "rhythm", "weekly").says("main .note", "enregistré")
	if s.kept(`rhythm = 'weekly'`) != 1 {
		t.Error("the rhythm is the same")
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		s.send(method, link)
		s.send(method, link+"/stop")
		s.send(method, link+"?act=stop&List-Unsubscribe=One-Click")
	}
	if s.kept(`confirmed`) != 1 {
		t.Fatal("a GET stops")
	}
	c.post(link, "act", "stop").says("main .note", "adresse est supprimée")
	c.get(link).is(http.StatusNotFound)
	c.get(link).says("main", "ne fonctionne plus")
	if s.kept(`true`) != 0 || testdb.Count(t, s.Store, `select count(*) from subscription_link`) != 0 {
		t.Error("something is kept")
	}
	if strings.Contains(s.log.lines(), "eader@") || strings.Contains(s.log.lines(), strings.TrimPrefix(link, "/fr/follow/")) {
		t.Error("the log has an address or a secret")
	}
	if len(c.cookies) > 0 {
		t.Errorf("a reader gets cookies: %v", c.cookies)
	}
}

// Whoever finds nothing can ask to be told once there is something.
func TestFollowWhereNothingIsFound(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?topic=refugees&country=JP")
	p.says("a[href=/en/follow?topic=refugees&country=JP]", "once there is something")
	s.visit("/en/follow?topic=refugees&country=JP").says("main", "Japan")
}

// Every list that a selection makes leads to the page: the listing, a portrait, and a
// collection unless it is chosen by hand.
func TestFollowFromEveryList(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, query := range map[string]string{"/practices": "", "/practices?country=GR": "?country=GR", "/topics/refugees": "?topic=refugees",
		"/countries/NO": "?country=NO", "/places/gr-ioannina": "?city=gr-ioannina", "/collections/answers-to-rumours": "?topic=anti-rumour"} {
		s.visit("/el" + path).one("a[href=/el/follow" + query + "]")
	}
	s.visit("/el/collections/cities-in-the-covid-19-pandemic").lacks("main a[href=/el/follow]")
}

// following is the link of a selection that an address follows.
func (c *client) following(selection, mail string) string {
	c.Helper()
	c.post("/en/follow?"+selection, "mail", mail, "rhythm", "daily").is(http.StatusOK)
	link := "/en/follow/" + c.secretOf(store.MailFollow)
	c.post(link, "act", "confirm").is(http.StatusOK)
	return link
}

// A mail program stops mails in one step, as RFC 8058 has it: without cookies, from
// another site, and twice without harm. Nothing else passes from another site.
func TestFollowIsStoppedInOneClick(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	link := c.following("country=GR", "reader@city.example")
	other := c.following("country=NO", "READER@city.example")
	send := func(path, body, kind string) page {
		return c.request(httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)), "Content-Type", kind,
			"Sec-Fetch-Site", "cross-site", "Origin", "https://mail.example")
	}
	const form = "application/x-www-form-urlencoded"
	send(link, "act=stop", form).is(http.StatusForbidden)
	send(link+"/stop", "", form)
	if s.kept(`confirmed`) != 2 {
		t.Fatal("it is stopped without the words of the standard")
	}
	send(link+"/stop", "List-Unsubscribe=One-Click", form).is(http.StatusOK)
	send(link+"/stop", "List-Unsubscribe=One-Click", form).says("main .note", "Stopped")
	if s.kept(`selection = 'country=NO'`) != 1 || s.kept(`true`) != 1 {
		t.Fatal("more or less is stopped than was asked for")
	}
	send(other+"/stop", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n", "multipart/form-data; boundary=x").is(http.StatusOK)
	if s.kept(`true`) != 0 {
		t.Error("a form of the other kind stops nothing")
	}
}

// Who follows several selections stops all of them at once.
func TestFollowStopsAll(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	c.following("country=GR", "reader@city.example")
	c.following("country=GR", "somebody@city.example")
	link := c.following("", "Reader@city.example")
	c.visit(link).says("main", "the whole catalogue")
	c.visit(link).says("button[value=stop_all]", "Stop all")
	c.post(link, "act", "stop_all").says("main .note", "your address has been deleted")
	if s.kept(`mail = 'somebody@city.example'`) != 1 || s.kept(`true`) != 1 {
		t.Error("the others are not what is left")
	}
}

// The answer is the same whether an address follows a selection or not, and an address
// gets no more mails than it may.
func TestFollowTellsNothing(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	link := c.following("country=GR", "reader@city.example")
	first := c.post("/en/follow?country=GR", "mail", "reader@city.example", "rhythm", "weekly")
	second := s.stranger().post("/en/follow?country=GR", "mail", "nobody@city.example", "rhythm", "weekly")
	if strings.ReplaceAll(first.body, "reader@", "nobody@") != second.body || first.status != second.status {
		t.Errorf("%d and %d:\n%s\n%s", first.status, second.status, text(first.one("main")), text(second.one("main")))
	}
	if n := s.mailsOf(store.MailFollow); n != 2 {
		t.Errorf("%d mails: another is sent within the hour", n)
	}
	now := today.Add(2 * time.Hour)
	s.clock = func() time.Time { return now }
	c.post("/en/follow?country=GR", "mail", "reader@city.example", "rhythm", "weekly")
	again := "/en/follow/" + s.secretOf(store.MailFollow)
	s.stranger().visit(again).says("main", "Your emails about this list")
	if s.kept(`rhythm = 'daily' and confirmed`) != 1 {
		t.Error("a stranger has changed how often mails come")
	}
	c.visit(link)
	c = s.stranger()
	for i := range 6 {
		c.post(fmt.Sprintf("/en/follow?year=%d", 2010+i), "mail", "victim@city.example", "rhythm", "daily").is(http.StatusOK)
	}
	if n := s.kept(`mail = 'victim@city.example'`); n != 3 {
		t.Errorf("%d selections wait for an address", n)
	}
	for range 5 {
		second = c.post("/en/follow", "mail", "victim@city.example", "rhythm", "daily")
	}
	second.is(http.StatusTooManyRequests)
	if attr(second.one("#mail"), "value") != "victim@city.example" || second.header.Get("Retry-After") == "" {
		t.Error("what was typed is lost")
	}
}

// A link to confirm works for two days; what was not confirmed is deleted then.
func TestFollowExpires(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	c.post("/en/follow?country=GR", "mail", "reader@city.example").is(http.StatusOK)
	link := "/en/follow/" + s.secretOf(store.MailFollow)
	now := today.Add(store.ConfirmTime)
	s.clock = func() time.Time { return now }
	c.get(link).is(http.StatusNotFound)
	c.post(link, "act", "confirm").is(http.StatusNotFound)
	if s.kept(`not confirmed`) != 1 {
		t.Fatal("it is confirmed")
	}
	if err := s.Store.Subscriptions.Tidy(t.Context(), now); err != nil || s.kept(`true`) != 0 {
		t.Errorf("it is kept, %v", err)
	}
	c.get("/en/follow/" + strings.Repeat("A", 26)).is(http.StatusNotFound)
}

// An address follows so many selections and no more.
func TestFollowIsBounded(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	testdb.Exec(t, s.Store, `insert into subscription (mail, language, selection, rhythm, asked, confirmed, told, change)
		select 'reader@city.example', 'en', 'year=' || n, 'daily', now(), true, now(), 0 from generate_series(1, $1::int) n`, store.MaxFollowed)
	c.post("/en/follow?country=GR", "mail", "Reader@city.example").is(http.StatusOK)
	link := "/en/follow/" + s.secretOf(store.MailFollow)
	p := c.post(link, "act", "confirm")
	p.is(http.StatusConflict)
	p.says("main", "Stop one of them first")
}

// A selection as long as an address may be can be followed.
func TestFollowOfALongSelection(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.stranger()
	query := s.visit("/en/practices").one("form#browse")
	var parts []string
	for _, box := range all(query, "input[type=checkbox]") {
		parts = append(parts, attr(box, "name")+"="+attr(box, "value"))
	}
	path := c.get("/en/follow?" + strings.Join(parts, "&")).header.Get("Location")
	if len(path) < 1000 {
		t.Fatalf("the address has only %d characters: %s", len(path), path)
	}
	c.post(path, "mail", "reader@city.example").says("main", "reader@city.example")
}

// A site without a mail server says that it sends no mails.
func TestFollowWithoutAMailServer(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.MailWaits = true
	s.restart()
	p := s.visit("/en/follow?country=GR")
	p.says("main", "does not send emails", "feed")
	p.lacks("#mail")
	s.stranger().post("/en/follow?country=GR", "mail", "reader@city.example").is(http.StatusUnprocessableEntity)
	if s.kept(`true`) != 0 {
		t.Error("an address is kept all the same")
	}
}

// Administrators see mails to readers in the queue, without their address.
func TestFollowInTheMailQueue(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	root := s.as(account.Administrator)
	s.stranger().post("/en/follow?country=GR", "mail", "reader@city.example")
	p := root.visit("/en/mail-queue")
	p.says("main", "Link to follow a list", "A reader")
	if strings.Contains(p.body, "reader@city") {
		t.Error("the page shows the address")
	}
}
