package server_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

func TestAccountIsChanged(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer, "GR Ioannina")
	ana.visit("/en/account").says("main", ana.mail, "Ioannina (Greece)", "You have no passkeys yet", "this one")
	p := ana.post("/en/account", "name", "Ana", "locale", "el")
	p.leads(http.StatusSeeOther, "/en/account")
	ana.follow(p).says("#notice", "Saved.")
	ana.visit("/en/account").lacks("#notice")
	if a, err := s.Store.Accounts.Find(t.Context(), ana.id); err != nil || a.Name != "Ana" || a.Locale != "el" {
		t.Errorf("account %+v, %v", a, err)
	}
	ana.post("/en/account", "name", " ").says("#problems", "Enter your name")
}

func TestPasswordIsChanged(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	here, there := s.stranger(), s.stranger()
	here.signIn(a)
	there.signIn(a)
	here.post("/en/account/password", "current", "wrong", "password", "quite another sentence").says("#problems", "not your current password")
	p := here.post("/en/account/password", "current", password, "password", "quite another sentence")
	here.follow(p).says("#notice", "signed out everywhere else")
	there.visit("/en/help").says(".mast", "Sign in")
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	here, there := s.stranger(), s.stranger()
	here.signIn(a)
	there.signIn(a)
	testdb.Exec(t, s.Store, `update session set agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'`)
	p := here.visit("/en/account")
	same(t, "sessions", texts(all(p.doc, "ul.held b")), []string{"Firefox on Linux", "Firefox on Linux"})
	here.follow(here.post("/en/account/sessions", "which", "others")).says("#notice", "signed out everywhere else")
	there.get("/en/account").is(http.StatusSeeOther)
	there.signIn(a)
	here.post("/en/account/sessions", "which", "all").leads(http.StatusSeeOther, signInPath)
	for _, c := range []*client{here, there} {
		c.get("/en/account").leads(http.StatusSeeOther, "/en/sign-in?back=%2Fen%2Faccount")
	}
}

var (
	secretShown  = regexp.MustCompile(`<code class="secret">([A-Z2-7 ]+)</code>`)
	recoveryCode = regexp.MustCompile(`<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>`)
)

// factor turns the second factor on and gives its secret and recovery codes.
func (c *client) factor() (secret string, codes []string) {
	c.Helper()
	p := c.visit("/en/account/second-factor")
	found := secretShown.FindStringSubmatch(p.body)
	if found == nil {
		c.Fatal("no secret is shown")
	}
	secret = strings.ReplaceAll(found[1], " ", "")
	c.post("/en/account/second-factor", "act", "on", "code", "000000").is(http.StatusUnprocessableEntity)
	p = c.post("/en/account/second-factor", "act", "on", "code", c.code(secret))
	p.is(http.StatusOK)
	for _, match := range recoveryCode.FindAllStringSubmatch(p.body, -1) {
		codes = append(codes, match[1])
	}
	if len(codes) != 10 {
		c.Fatalf("%d recovery codes", len(codes))
	}
	return secret, codes
}

// code is what an app shows now.
func (s *site) code(secret string) string {
	s.Helper()
	code, err := totp.GenerateCode(secret, s.Now())
	if err != nil {
		s.Fatal(err)
	}
	return code
}

func TestSecondFactor(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Editor)
	first := s.stranger()
	first.signIn(a)
	secret, codes := first.factor()

	second := s.stranger()
	give := func(code string) page {
		second.post(signInPath, "mail", a.Mail, "password", password, "back", "/en/help").says("h1", "Second step")
		return second.post("/en/sign-in/code", "code", code, "back", "/en/help")
	}
	replayed := give(first.code(secret)) // that code turned it on
	replayed.is(http.StatusUnprocessableEntity)
	replayed.says("#problems", "not valid")
	second.get("/en/account").is(http.StatusSeeOther) // the password alone opens nothing
	s.clock = func() time.Time { return today.Add(time.Minute) }
	give(s.code(secret)).leads(http.StatusSeeOther, "/en/help")
	second.visit("/en/account").says("main", "10 recovery codes left")
	second.post("/en/sign-out")
	give(strings.ToUpper(codes[3])).leads(http.StatusSeeOther, "/en/help")
	second.visit("/en/account").says("main", "9 recovery codes left")
	second.post("/en/sign-out")
	give(codes[3]).is(http.StatusUnprocessableEntity)
	for range 6 {
		second.post("/en/sign-in/code", "code", "123456")
	}
	s.stranger().signIn(s.person(account.Officer)) // others are not held up
	if p := second.post("/en/sign-in/code", "code", codes[4]); p.status != http.StatusTooManyRequests {
		t.Errorf("guessing goes on: %d", p.status)
	}
}

func TestSecondFactorIsTurnedOff(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	_, codes := ana.factor()
	ana.post("/en/account/second-factor", "act", "off", "code", "nonsense").is(http.StatusUnprocessableEntity)
	renewed := recoveryCode.FindStringSubmatch(ana.post("/en/account/second-factor", "act", "codes", "code", codes[0]).body)
	if renewed == nil {
		t.Fatal("no new codes")
	}
	ana.post("/en/account/second-factor", "act", "off", "code", codes[1]).is(http.StatusUnprocessableEntity)
	ana.follow(ana.post("/en/account/second-factor", "act", "off", "code", renewed[1])).says("#notice", "is off")
	s.stranger().post(signInPath, "mail", ana.mail, "password", password).leads(http.StatusSeeOther, "/en/submissions")
}

func TestPasswordAloneIsForgottenInTime(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	_, codes := ana.factor()
	c := s.stranger()
	c.post(signInPath, "mail", ana.mail, "password", password)
	s.clock = func() time.Time { return today.Add(11 * time.Minute) }
	c.post("/en/sign-in/code", "code", codes[0]).says("#problems", "took too long")
	s.stranger().post("/en/sign-in/code", "code", codes[0]).says("#problems", "took too long")
}

// Words that are sent without a valid session come back after signing in.
func TestNoWordIsLostWhenTheSessionEnds(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	_, codes := ana.factor()
	testdb.Exec(t, s.Store, `update session set expiry = now() - interval '1 second'`)
	const words = "Ένα κείμενο\r\nμε \"εισαγωγικά\" & <ετικέτες>"
	const to = "/en/submissions/7/purpose?from=check"
	p := ana.post(to, "text", words, "topic", "roma", "topic", "refugees", "mail", "own mail")
	p.is(http.StatusUnauthorized)
	p.says("#carried", "kept on this page")
	p = ana.resend(p, "#signin", "mail", ana.mail, "password", "wrong")
	p.is(http.StatusUnprocessableEntity)
	p = ana.resend(p, "#signin", "mail", ana.mail, "password", password)
	p.says("h1", "Second step")
	p = ana.resend(p, "main form", "code", codes[0])
	p.is(http.StatusOK)
	p.says("h1", "Your text is here")
	p.says("blockquote.carried", "Ένα κείμενο")
	form := p.one("#resume")
	if attr(form, "action") != to {
		t.Errorf("it is sent to %q", attr(form, "action"))
	}
	same(t, "names", attrs(all(form, "input"), "name"), []string{"mail", "text", "topic", "topic"})
	same(t, "values", attrs(all(form, "input"), "value"), []string{"own mail", strings.ReplaceAll(words, "\r\n", "\n"), "roma", "refugees"})
}

// resend sends the form of a page with what it carries, and some fields more.
func (c *client) resend(p page, selector string, fields ...string) page {
	c.Helper()
	form := p.one(selector)
	for _, hidden := range all(form, "input[type=hidden]") {
		fields = append(fields, attr(hidden, "name"), attr(hidden, "value"))
	}
	return c.post(attr(form, "action"), fields...)
}

// Files cannot be carried; the fields beside them are, and it is said.
func TestFormsWithFilesAreCarriedWithoutThem(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	testdb.Exec(t, s.Store, `delete from session`)
	const body = "--x\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nChildren paint a wall\r\n" +
		"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nbytes\r\n--x--\r\n"
	p := ana.request(httptest.NewRequest(http.MethodPost, "/en/submissions/7/pictures", strings.NewReader(body)), "Content-Type", "multipart/form-data; boundary=x")
	p.is(http.StatusUnauthorized)
	p = ana.resend(p, "#signin", "mail", ana.mail, "password", password)
	p.says("main", "Files could not be kept", "Children paint a wall")
	same(t, "names", attrs(all(p.one("#resume"), "input"), "name"), []string{"alt"})
}

// What people do with their accounts is on record.
func TestAccountsAreOnRecord(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	_, codes := ana.factor()
	other := s.stranger()
	other.post(signInPath, "mail", ana.mail, "password", password)
	other.post("/en/sign-in/code", "code", "123456")
	other.post("/en/sign-in/code", "code", codes[0])
	ana.post("/en/account/password", "current", password, "password", "quite another sentence")
	ana.post("/en/account/sessions", "which", "others")
	ana.post("/en/account/second-factor", "act", "off", "code", codes[1])
	ana.post("/en/account/sessions", "which", "all")
	var got []string
	for _, e := range s.events() {
		got = append(got, e.Action)
		if e.Account != ana.id && e.Action != store.SampleMade || e.Number != int64(ana.id) {
			t.Errorf("%s is recorded of %d by %d", e.Action, e.Number, e.Account)
		}
	}
	slices.Reverse(got)
	same(t, "events", got, []string{store.SampleMade, store.SignIn, store.SecondOn, store.SecondFailed, store.RecoveryUsed, store.SignIn,
		store.PasswordChanged, store.SignOutOthers, store.RecoveryUsed, store.SecondOff, store.SignOutAll})
}

// events are all of them, the newest first.
func (s *site) events() []store.Event {
	s.Helper()
	list, err := s.Store.Events.List(s.Context(), store.EventFilter{}, 0, 100)
	if err != nil {
		s.Fatal(err)
	}
	return list
}

func TestScriptsAreToldPlainly(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	for _, headers := range [][]string{{"X-Requested-With", "fetch"}, {"Accept", "application/json"}} {
		p := s.stranger().request(httptest.NewRequest(http.MethodPost, "/en/account", strings.NewReader("name=x")), headers...)
		p.is(http.StatusUnauthorized)
		if strings.Contains(p.body, "<html") || p.header.Get("Location") != "" {
			t.Errorf("%v: %q", headers, p.body)
		}
	}
}

func TestCarriedFormsGoNowhereElse(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	a := s.person(account.Officer)
	for _, to := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)"} {
		s.stranger().post(signInPath, "mail", a.Mail, "password", password, "carry-to", to, "carry.text", "x").leads(http.StatusSeeOther, "/en/submissions")
	}
	s.stranger().post("/en/account", "name", strings.Repeat("x", 1_000_000)).is(http.StatusRequestEntityTooLarge)
}
