package admin

import (
	"context"
	"errors"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// person finds the account of the address.
func (h *Handlers) person(r *respond.Request) (account.Account, error) {
	number, ok := r.Number("id")
	if !ok {
		return account.Account{}, respond.ErrNoSuchPage
	}
	return h.Accounts.Find(r.Context(), account.ID(number))
}

// ShowPerson is one account, with the form to change it.
func (h *Handlers) ShowPerson(r *respond.Request) (respond.Response, error) {
	a, err := h.person(r)
	if err != nil {
		return respond.Response{}, err
	}
	return h.personForm(r, page.PersonInput{Account: a, Entry: entryFor(a)})
}

// entryFor is what the form of an account shows.
func entryFor(a account.Account) page.PersonEntry {
	e := page.PersonEntry{Roles: a.Roles()}
	for _, c := range a.Cities {
		e.Cities = append(e.Cities, c.Text())
	}
	return e
}

func (h *Handlers) personForm(r *respond.Request, in page.PersonInput) (respond.Response, error) {
	var err error
	if in.Cities, err = h.Practices.SuggestedCities(r.Context()); err != nil {
		return respond.Response{}, err
	}
	if in.Alone, err = h.Submissions.OnlyOf(r.Context(), in.Account.ID); err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewPerson(r.Locale, r.Frame, in).View(), Status: respond.StatusWith(in.Problems)}, nil
}

// otherPerson finds the account of the address in order to change it. Changing
// one's own is not allowed, because a mistake could not be undone.
func (h *Handlers) otherPerson(r *respond.Request) (account.Account, error) {
	a, err := h.person(r)
	if err == nil && a.ID == r.Viewer().ID {
		err = respond.ErrNotAllowed
	}
	return a, err
}

// actor is the viewer as the author of a change, as of now.
func (h *Handlers) actor(r *respond.Request) store.Actor {
	return store.Actor{By: r.Viewer().ID, At: h.Now()}
}

// ChangePerson changes the roles and the cities of a person.
func (h *Handlers) ChangePerson(r *respond.Request) (respond.Response, error) {
	a, err := h.otherPerson(r)
	if err != nil {
		return respond.Response{}, err
	}
	e, cities, problems := readPersonEntry(r)
	if e.Rows > 0 {
		return h.personForm(r, page.PersonInput{Account: a, Entry: e})
	}
	if len(problems) == 0 {
		role, also := account.Ranked(e.Roles)
		err = h.Accounts.Change(r.Context(), a.ID, account.Account{Role: role, Also: also, Cities: cities}, h.actor(r))
		switch {
		case err == nil:
			return r.Done("people.done.changed", link.Person(r.Tag(), a.ID))
		case !errors.Is(err, store.ErrLastAdministrator):
			return respond.Response{}, err
		}
		problems.Add(r.Locale, page.RoleField, "person.last")
	}
	return h.personForm(r, page.PersonInput{Account: a, Entry: e, Problems: problems})
}

// ConfirmAction is the page that asks whether to take an action on an account.
func (h *Handlers) ConfirmAction(action string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, err := h.otherPerson(r)
		if err == nil && a.State == account.Erased {
			err = respond.ErrNoSuchPage
		}
		return respond.Show(page.NewConfirmation(r.Locale, r.Frame, page.ConfirmationInput{Account: a, Action: action}).View()), err
	}
}

// accountChange is one of the store's changes of an account.
type accountChange func(context.Context, account.ID, store.Actor) error

// TakeAction takes an action on an account.
func (h *Handlers) TakeAction(action string, change accountChange) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, err := h.otherPerson(r)
		if err != nil {
			return respond.Response{}, err
		}
		err = change(r.Context(), a.ID, h.actor(r))
		switch {
		case errors.Is(err, store.ErrLastAdministrator):
			problems := component.Problems{{Text: r.Locale.T("person.last")}}
			return h.personForm(r, page.PersonInput{Account: a, Entry: entryFor(a), Problems: problems})
		case err != nil:
			return respond.Response{}, err
		}
		return r.Done("people.done."+action, link.Person(r.Tag(), a.ID))
	}
}

// RemindPerson sends an invitation again with a new link, which replaces the former
// one. It does nothing for a person who has joined meanwhile.
func (h *Handlers) RemindPerson(r *respond.Request) (respond.Response, error) {
	a, err := h.otherPerson(r)
	if err != nil {
		return respond.Response{}, err
	}
	personPath := link.Person(r.Tag(), a.ID)
	if a.State != account.Invited {
		return respond.Redirect(personPath), nil
	}
	_, err = h.Accounts.Invite(r.Context(), store.Invitation{Mail: a.Mail, Roles: a.Roles(), Cities: a.Cities, Locale: a.Locale,
		By: r.Viewer().ID, At: h.Now()})
	switch {
	case errors.Is(err, store.ErrTaken):
		return respond.Redirect(personPath), nil
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("people.done."+link.RemindPage, personPath)
}
