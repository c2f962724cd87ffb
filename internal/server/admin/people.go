package admin

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// ListPeople is the list of accounts. It ignores unknown values of the filter.
func (h *Handlers) ListPeople(r *respond.Request) (respond.Response, error) {
	query := r.URL.Query()
	f := page.PeopleFilter{Words: submission.SearchWords(query.Get("q")), Role: account.Role(query.Get("role")), State: account.State(query.Get("state"))}
	if !f.Role.Known() {
		f.Role = ""
	}
	if !slices.Contains(account.States, f.State) {
		f.State = ""
	}
	number, _ := strconv.Atoi(query.Get("page"))
	found, err := h.Accounts.Page(r.Context(), store.AccountFilter{Role: f.Role, State: f.State, Words: f.Words}, number)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewPeople(r.Locale, r.Frame, page.PeopleInput{Filter: f, List: found.List, Total: found.Total,
		Page: found.Page, Pages: found.Pages}).View()), nil
}

// AskToInvite is the page with the form of an invitation.
func (h *Handlers) AskToInvite(r *respond.Request) (respond.Response, error) {
	return h.inviteForm(r, page.PersonEntry{Roles: []account.Role{account.Officer}, Locale: r.Tag()}, nil)
}

func (h *Handlers) inviteForm(r *respond.Request, e page.PersonEntry, problems component.Problems) (respond.Response, error) {
	cities, err := h.Practices.SuggestedCities(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	view := page.NewInvite(r.Locale, r.Frame, page.InviteInput{Entry: e, Problems: problems, Cities: cities}).View()
	return respond.Response{Page: view, Status: respond.StatusWith(problems)}, nil
}

// InvitePerson creates an account that its owner has to accept, and queues the mail
// with the link.
func (h *Handlers) InvitePerson(r *respond.Request) (respond.Response, error) {
	e, cities, problems := readPersonEntry(r)
	if e.Rows > 0 {
		return h.inviteForm(r, e, nil)
	}
	mail, ok := account.ParseMail(e.Mail)
	if !ok {
		problems = append(component.Problems{{Field: page.MailField, Text: r.Locale.T("form.mail_wrong")}}, problems...)
	}
	if len(problems) > 0 {
		return h.inviteForm(r, e, problems)
	}
	invited, err := h.Accounts.Invite(r.Context(), store.Invitation{Mail: mail, Roles: e.Roles, Cities: cities, Locale: e.Locale,
		By: r.Viewer().ID, At: h.Now()})
	if errors.Is(err, store.ErrTaken) {
		problems.Add(r.Locale, page.MailField, "invite.mail_taken")
		return h.inviteForm(r, e, problems)
	}
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("people.done.invited", link.Person(r.Tag(), invited.Account))
}

// readPersonEntry reads the form about a person: the fields as typed, their valid
// cities, and the problems.
func readPersonEntry(r *respond.Request) (e page.PersonEntry, cities []account.City, problems component.Problems) {
	e = page.PersonEntry{Mail: strings.TrimSpace(r.PostFormValue(page.MailField)),
		Locale: r.PostFormValue(page.LocaleField)}
	if _, ok := r.Locale.Beside(e.Locale); !ok {
		e.Locale = r.Tag()
	}
	for _, role := range account.Roles {
		if slices.Contains(r.PostForm[page.RoleField], string(role)) {
			e.Roles = append(e.Roles, role)
		}
	}
	e.Rows, _ = strconv.Atoi(r.PostFormValue(page.RowsField))
	officer := slices.Contains(e.Roles, account.Officer)
	if len(e.Roles) == 0 {
		problems.Add(r.Locale, page.RoleField, "person.role_missing")
	}
	for row := range account.MaxCities {
		text := strings.TrimSpace(r.PostFormValue(page.CityID(row)))
		if text == "" {
			continue
		}
		field := page.CityID(len(e.Cities)) // in the next form, which has no gaps
		e.Cities = append(e.Cities, text)
		city, ok := account.ParseCity(text)
		if !ok {
			problems.Add(r.Locale, field, "person.city_wrong", "City", text)
		}
		cities = append(cities, city)
	}
	switch {
	case officer && len(e.Cities) == 0:
		problems.Add(r.Locale, page.CityID(0), "person.city_missing")
	case !officer:
		cities = nil // only officers speak for cities
	}
	return e, cities, problems
}
