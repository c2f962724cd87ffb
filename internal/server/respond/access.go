package respond

import (
	"slices"

	"exempla/internal/account"
)

// Only restricts a handler to some roles. Strangers are sent to sign in and come
// back afterwards; people of other roles get 403.
func Only(h Handler, roles ...account.Role) Handler {
	return func(r *Request) (Response, error) {
		switch {
		case r.Away != nil:
			return Response{}, r.Away
		case r.Viewer().Stranger():
			return Response{}, errSignIn
		case !slices.ContainsFunc(roles, r.Viewer().Is):
			return Response{}, ErrNotAllowed
		}
		return h(r)
	}
}
