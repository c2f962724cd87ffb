package server

import (
	"context"
	"errors"
	"strconv"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// person is the account that the address names.
func (s *Server) person(v *visit) (account.Account, error) {
	number, ok := v.number("id")
	if !ok {
		return account.Account{}, errNoSuchPage
	}
	return s.Store.Accounts.Find(v.r.Context(), account.ID(number))
}

// number is the one that stands in the address under a name, in its only
// spelling.
func (v *visit) number(name string) (int64, bool) {
	text := chi.URLParam(v.r, name)
	number, err := strconv.ParseInt(text, 10, 64)
	return number, err == nil && number > 0 && strconv.FormatInt(number, 10) == text
}

// showPerson is one account, with the form to change it.
func (s *Server) showPerson(v *visit) (answer, error) {
	a, err := s.person(v)
	if err != nil {
		return answer{}, err
	}
	return s.personForm(v, page.Person{Account: a, Entry: entryOf(a)})
}

// entryOf is an account as its form shows it.
func entryOf(a account.Account) page.PersonEntry {
	e := page.PersonEntry{Role: a.Role}
	for _, c := range a.Cities {
		e.Cities = append(e.Cities, c.Text())
	}
	return e
}

func (s *Server) personForm(v *visit, p page.Person) (answer, error) {
	var err error
	if p.Cities, err = s.Store.Practices.SuggestedCities(v.r.Context()); err != nil {
		return answer{}, err
	}
	return answer{view: page.NewPerson(v.l, v.frame, p).View(), status: statusWith(p.Problems)}, nil
}

// another is the account that the address names, to be changed. Nobody changes
// their own: whoever did so by mistake could not undo it.
func (s *Server) another(v *visit) (account.Account, error) {
	a, err := s.person(v)
	if err == nil && a.ID == v.viewer().ID {
		err = errNotAllowed
	}
	return a, err
}

func (s *Server) keeper(v *visit) store.Actor { return store.Actor{By: v.viewer().ID, At: s.Now()} }

// changePerson gives somebody another role or other cities.
func (s *Server) changePerson(v *visit) (answer, error) {
	a, err := s.another(v)
	if err != nil {
		return answer{}, err
	}
	e, cities, problems := v.personEntry()
	if len(problems) == 0 {
		err = s.Store.Accounts.Change(v.r.Context(), a.ID, account.Account{Role: e.Role, Cities: cities}, s.keeper(v))
		switch {
		case err == nil:
			return s.done(v, "people.done.changed", link.Person(v.l.Tag(), a.ID))
		case !errors.Is(err, store.ErrLastAdministrator):
			return answer{}, err
		}
		problems.Add(v.l, page.RoleField, "person.last")
	}
	return s.personForm(v, page.Person{Account: a, Entry: e, Problems: problems})
}

// askAbout asks before something is done with an account that is felt.
func (s *Server) askAbout(act string) handler {
	return func(v *visit) (answer, error) {
		a, err := s.another(v)
		if err == nil && a.State == account.Erased {
			err = errNoSuchPage
		}
		return answer{view: page.NewAccountConfirmation(v.l, v.frame, a, act).View()}, err
	}
}

// change is one of the store's changes of an account.
type change func(context.Context, account.ID, store.Actor) error

// withPerson changes an account and says so.
func (s *Server) withPerson(act string, do change) handler {
	return func(v *visit) (answer, error) {
		a, err := s.another(v)
		if err != nil {
			return answer{}, err
		}
		err = do(v.r.Context(), a.ID, s.keeper(v))
		switch {
		case errors.Is(err, store.ErrLastAdministrator):
			problems := component.Problems{{Text: v.l.T("person.last")}}
			return s.personForm(v, page.Person{Account: a, Entry: entryOf(a), Problems: problems})
		case err != nil:
			return answer{}, err
		}
		return s.done(v, "people.done."+act, link.Person(v.l.Tag(), a.ID))
	}
}

// remindPerson sends an invitation again, with a new link; the former one is
// void. Whoever has joined meanwhile needs none.
func (s *Server) remindPerson(v *visit) (answer, error) {
	a, err := s.another(v)
	if err != nil {
		return answer{}, err
	}
	own := link.Person(v.l.Tag(), a.ID)
	if a.State != account.Invited {
		return answer{goTo: own}, nil
	}
	_, err = s.Store.Accounts.Invite(v.r.Context(), store.Invitation{Mail: a.Mail, Role: a.Role, Cities: a.Cities, Locale: a.Locale,
		By: v.viewer().ID, At: s.Now()})
	switch {
	case errors.Is(err, store.ErrTaken):
		return answer{goTo: own}, nil
	case err != nil:
		return answer{}, err
	}
	return s.done(v, "people.done."+link.RemindPage, own)
}
