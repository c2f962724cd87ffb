package respond

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/store"
)

// Show answers 200 with a page.
func Show(page templ.Component) Response { return Response{Page: page} }

// Invalid answers 422 with the page of a form that was not accepted.
func Invalid(page templ.Component) Response {
	return Response{Page: page, Status: http.StatusUnprocessableEntity}
}

// Conflict answers 409 with the page of a form that another change has overtaken.
func Conflict(page templ.Component) Response {
	return Response{Page: page, Status: http.StatusConflict}
}

// Redirect leads to an address of the site.
func Redirect(address string) Response { return Response{Redirect: address} }

// Names returns what to call people: their names and, of those who have not joined
// yet, the address that was invited. Erased people are left out. Errors: ErrAway.
func (r *Request) Names(accounts *store.Accounts, people []account.ID) (map[account.ID]string, error) {
	people = Distinct(slices.Clone(people))
	names, err := accounts.Names(r.Context(), people)
	if err != nil {
		return nil, err
	}
	nameless := slices.DeleteFunc(people, func(id account.ID) bool { return id == 0 || names[id] != "" })
	if len(nameless) == 0 {
		return names, nil
	}
	found, err := accounts.ByIDs(r.Context(), nameless)
	for id, a := range found {
		if a.State == account.Invited {
			names[id] = r.Locale.T("submission.invited", "Mail", a.Mail)
		}
	}
	return names, err
}
