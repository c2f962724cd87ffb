package server

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// listPeople is the list of accounts. What its address asks for that there is
// not is left out.
func (s *Server) listPeople(v *visit) (answer, error) {
	asked := v.r.URL.Query()
	f := page.PeopleFilter{Words: searched(asked.Get("q")), Role: account.Role(asked.Get("role")), State: account.State(asked.Get("state"))}
	if !f.Role.Known() {
		f.Role = ""
	}
	if !slices.Contains(account.States, f.State) {
		f.State = ""
	}
	number, _ := strconv.Atoi(asked.Get("page"))
	found, err := s.Store.Accounts.Page(v.r.Context(), store.AccountFilter{Role: f.Role, State: f.State, Words: f.Words}, number)
	if err != nil {
		return answer{}, err
	}
	return answer{view: page.NewPeople(v.l, v.frame, page.People{Filter: f, List: found.List, Total: found.Total,
		Page: found.Page, Pages: found.Pages}).View()}, nil
}

// searched is one line of words to look for, bounded like a name. A sign that
// the database cannot hold finds nothing and is left out.
func searched(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "\x00", ""), "")
	letters := []rune(text)
	return string(letters[:min(len(letters), account.MaxName)])
}

// askToInvite is the form of an invitation.
func (s *Server) askToInvite(v *visit) (answer, error) {
	return s.inviteForm(v, page.PersonEntry{Role: account.Officer, Locale: v.l.Tag()}, nil)
}

func (s *Server) inviteForm(v *visit, e page.PersonEntry, problems component.Problems) (answer, error) {
	cities, err := s.Store.Practices.SuggestedCities(v.r.Context())
	if err != nil {
		return answer{}, err
	}
	view := page.NewInvite(v.l, v.frame, page.Invite{Entry: e, Problems: problems, Cities: cities}).View()
	return answer{view: view, status: statusWith(problems)}, nil
}

// statusWith is the status of a form: 422 when it was not accepted, else the
// usual one.
func statusWith(problems component.Problems) int {
	if len(problems) > 0 {
		return http.StatusUnprocessableEntity
	}
	return 0
}

// invitePerson makes an account that its owner has to accept, and queues the
// mail with the link.
func (s *Server) invitePerson(v *visit) (answer, error) {
	e, entered, problems := v.personEntry()
	mail, ok := account.ParseMail(e.Mail)
	if !ok {
		problems = append(component.Problems{{Field: page.MailField, Text: v.l.T("invite.mail_wrong")}}, problems...)
	}
	if len(problems) > 0 {
		return s.inviteForm(v, e, problems)
	}
	invited, err := s.Store.Accounts.Invite(v.r.Context(), store.Invitation{Mail: mail, Role: e.Role, Cities: entered, Locale: e.Locale,
		By: v.viewer().ID, At: s.Now()})
	if errors.Is(err, store.ErrTaken) {
		problems.Add(v.l, page.MailField, "invite.mail_taken")
		return s.inviteForm(v, e, problems)
	}
	if err != nil {
		return answer{}, err
	}
	return s.done(v, "people.done.invited", link.Person(v.l.Tag(), invited.Account))
}

// personEntry reads what a form says about a person, and what is wrong with it.
func (v *visit) personEntry() (e page.PersonEntry, cities []account.City, problems component.Problems) {
	e = page.PersonEntry{Mail: strings.TrimSpace(v.r.PostFormValue(page.MailField)), Role: account.Role(v.r.PostFormValue(page.RoleField)),
		Locale: v.r.PostFormValue(page.LocaleField)}
	if _, ok := locale.Find(e.Locale); !ok {
		e.Locale = v.l.Tag()
	}
	if !e.Role.Known() {
		problems.Add(v.l, page.RoleField, "person.role_missing")
	}
	for row := range account.MaxCities {
		text := strings.TrimSpace(v.r.PostFormValue(page.CityID(row)))
		if text == "" {
			continue
		}
		at := page.CityID(len(e.Cities)) // where the next form shows it
		e.Cities = append(e.Cities, text)
		city, ok := account.ParseCity(text)
		if !ok {
			problems.Add(v.l, at, "person.city_wrong", "City", text)
		}
		cities = append(cities, city)
	}
	switch {
	case e.Role == account.Officer && len(e.Cities) == 0:
		problems.Add(v.l, page.CityID(0), "person.city_missing")
	case e.Role != account.Officer:
		cities = nil // only officers speak for cities
	}
	return e, cities, problems
}
