package server_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// How other tests use this file:
//
//	s := openPeople(t)                                  // a site of its own, without accounts
//	ana := s.as(account.Officer, "GR Ioannina")         // an officer who has signed in by the form
//	p := ana.get("/en/submissions")                     // a page, as from site.get
//	p = ana.post("/en/submissions/new", "title", "Hello", "topic", "roma", "topic", "refugees")
//	p.leads(http.StatusSeeOther, "/en/submissions/1")
//	p = ana.follow(p)                                   // where it leads
//	ana.id, ana.mail, ana.viewer                        // who it is, for the store
//	s.stranger()                                        // a browser that has not signed in

// password is the password of all accounts in these tests; its hash is made once.
const password = "a bell and nine rivers"

var passwordHash = sync.OnceValue(func() string {
	hash, err := signin.Hash(processT{}.Context(), password)
	if err != nil {
		panic(err)
	}
	return hash
})

// openPeople returns a site of its own with an empty catalogue and no accounts.
func openPeople(t *testing.T) *site {
	t.Helper()
	return serve(t, testdb.Open(t))
}

// client is a browser with cookies and an address of its own.
type client struct {
	*site
	cookies map[string]string
	address string
	id      account.ID // of the account that has signed in
	mail    string
	viewer  account.Viewer
}

// clients numbers the browsers of all tests, so that each has its own address.
var clients struct {
	sync.Mutex
	last int
}

// stranger returns a browser that has not signed in.
func (s *site) stranger() *client {
	clients.Lock()
	defer clients.Unlock()
	clients.last++
	return &client{site: s, cookies: map[string]string{}, address: fmt.Sprintf("198.51.%d.%d:1234", clients.last/256, clients.last%256)}
}

// person adds an active account. Cities are written "GR Ioannina".
func (s *site) person(role account.Role, cities ...string) account.Account {
	s.Helper()
	return s.personOf([]account.Role{role}, cities...)
}

// personOf adds an active account of several roles.
func (s *site) personOf(roles []account.Role, cities ...string) account.Account {
	s.Helper()
	role, also := account.Ranked(roles)
	a := account.Account{Role: role, Also: also, State: account.Active, Name: "Sample " + string(role)}
	for _, city := range cities {
		country, name, _ := strings.Cut(city, " ")
		a.Cities = append(a.Cities, account.NewCity(practice.Country(country), name))
		a.Name += ", " + name
	}
	clients.Lock()
	clients.last++
	a.Mail = fmt.Sprintf("person%d@example.org", clients.last)
	clients.Unlock()
	id, err := s.Store.Accounts.AddSample(s.Context(), store.Sample{Account: a, Hash: passwordHash()}, today)
	if err != nil {
		s.Fatal(err)
	}
	a.ID = id
	return a
}

// as returns a browser in which a new account of a role has signed in.
func (s *site) as(role account.Role, cities ...string) *client {
	s.Helper()
	c := s.stranger()
	c.signIn(s.person(role, cities...))
	return c
}

// asBoth returns a browser in which a new account of several roles has signed in.
func (s *site) asBoth(roles []account.Role, cities ...string) *client {
	s.Helper()
	c := s.stranger()
	c.signIn(s.personOf(roles, cities...))
	return c
}

// signIn signs an account in by the form.
func (c *client) signIn(a account.Account) {
	c.Helper()
	c.id = a.ID
	c.mail = a.Mail
	c.viewer = a.Viewer()
	c.post(link.SignIn("en", ""), "mail", a.Mail, "password", password).leads(http.StatusSeeOther, link.Start("en", a.Roles()...))
}

// get requests an address.
func (c *client) get(path string, headers ...string) page {
	c.Helper()
	return c.request(httptest.NewRequest(http.MethodGet, path, nil), headers...)
}

// visit requests an address that must answer 200.
func (c *client) visit(path string) page {
	c.Helper()
	p := c.get(path)
	p.is(http.StatusOK)
	return p
}

// post sends a form; fields are alternately names and values.
func (c *client) post(path string, fields ...string) page {
	c.Helper()
	form := url.Values{}
	for pair := range slices.Chunk(fields, 2) {
		form.Add(pair[0], pair[1])
	}
	return c.request(httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode())), "Content-Type", "application/x-www-form-urlencoded")
}

// follow follows a redirect.
func (c *client) follow(p page) page {
	c.Helper()
	if p.status != http.StatusSeeOther && p.status != http.StatusFound {
		c.Fatalf("%s leads nowhere: status %d", p.path, p.status)
	}
	to, _, _ := strings.Cut(p.header.Get("Location"), "#")
	return c.get(to)
}

// request sends a request with the cookies of the browser, and keeps new ones.
func (c *client) request(r *http.Request, headers ...string) page {
	c.Helper()
	r.RemoteAddr = c.address
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range c.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	p := c.do(r, headers...)
	answer := http.Response{Header: p.header}
	for _, cookie := range answer.Cookies() {
		if cookie.MaxAge < 0 {
			delete(c.cookies, cookie.Name)
			continue
		}
		c.cookies[cookie.Name] = cookie.Value
	}
	return p
}

// token is the value of the only cookie.
func (c *client) token() string {
	c.Helper()
	if len(c.cookies) > 1 {
		c.Fatalf("cookies: %v", c.cookies)
	}
	for value := range maps.Values(c.cookies) {
		return value
	}
	return ""
}
