package respond

import (
	"slices"

	"exempla/internal/account"
)

// Only lets a handler answer to people of some roles. A stranger is sent to
// sign in and comes back; anybody else is told that the page is not for them.
func Only(h Handler, roles ...account.Role) Handler {
	return func(r *Request) (Response, error) {
		switch {
		case r.Away != nil:
			return Response{}, r.Away
		case r.Viewer().Stranger():
			return Response{}, errSignIn
		case !slices.Contains(roles, r.Viewer().Role):
			return Response{}, ErrNotAllowed
		}
		return h(r)
	}
}
