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

// person is the account that the address names.
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
	return h.personForm(r, page.PersonInput{Account: a, Entry: entryOf(a)})
}

// entryOf is an account as its form shows it.
func entryOf(a account.Account) page.PersonEntry {
	e := page.PersonEntry{Role: a.Role}
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
	return respond.Response{Page: page.NewPerson(r.Locale, r.Frame, in).View(), Status: respond.StatusWith(in.Problems)}, nil
}

// another is the account that the address names, to be changed. Nobody changes
// their own: whoever did so by mistake could not undo it.
func (h *Handlers) another(r *respond.Request) (account.Account, error) {
	a, err := h.person(r)
	if err == nil && a.ID == r.Viewer().ID {
		err = respond.ErrNotAllowed
	}
	return a, err
}

func (h *Handlers) keeper(r *respond.Request) store.Actor {
	return store.Actor{By: r.Viewer().ID, At: h.Now()}
}

// ChangePerson gives somebody another role or other cities.
func (h *Handlers) ChangePerson(r *respond.Request) (respond.Response, error) {
	a, err := h.another(r)
	if err != nil {
		return respond.Response{}, err
	}
	e, cities, problems := readPersonEntry(r)
	if len(problems) == 0 {
		err = h.Accounts.Change(r.Context(), a.ID, account.Account{Role: e.Role, Cities: cities}, h.keeper(r))
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

// AskAbout asks before something is done with an account that is felt.
func (h *Handlers) AskAbout(action string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, err := h.another(r)
		if err == nil && a.State == account.Erased {
			err = respond.ErrNoSuchPage
		}
		return respond.Response{Page: page.NewConfirmation(r.Locale, r.Frame, page.ConfirmationInput{Account: a, Action: action}).View()}, err
	}
}

// change is one of the store's changes of an account.
type change func(context.Context, account.ID, store.Actor) error

// WithPerson changes an account and says so.
func (h *Handlers) WithPerson(act string, do change) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, err := h.another(r)
		if err != nil {
			return respond.Response{}, err
		}
		err = do(r.Context(), a.ID, h.keeper(r))
		switch {
		case errors.Is(err, store.ErrLastAdministrator):
			problems := component.Problems{{Text: r.Locale.T("person.last")}}
			return h.personForm(r, page.PersonInput{Account: a, Entry: entryOf(a), Problems: problems})
		case err != nil:
			return respond.Response{}, err
		}
		return r.Done("people.done."+act, link.Person(r.Tag(), a.ID))
	}
}

// RemindPerson sends an invitation again, with a new link; the former one is
// void. Whoever has joined meanwhile needs none.
func (h *Handlers) RemindPerson(r *respond.Request) (respond.Response, error) {
	a, err := h.another(r)
	if err != nil {
		return respond.Response{}, err
	}
	own := link.Person(r.Tag(), a.ID)
	if a.State != account.Invited {
		return respond.Response{Redirect: own}, nil
	}
	_, err = h.Accounts.Invite(r.Context(), store.Invitation{Mail: a.Mail, Role: a.Role, Cities: a.Cities, Locale: a.Locale,
		By: r.Viewer().ID, At: h.Now()})
	switch {
	case errors.Is(err, store.ErrTaken):
		return respond.Response{Redirect: own}, nil
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("people.done."+link.RemindPage, own)
}
