package server

import (
	"slices"

	"exempla/internal/account"
)

// only lets a handler answer to people of some roles. A stranger is sent to
// sign in and comes back; anybody else is told that this is not for them.
func only(h handler, roles ...account.Role) handler {
	return func(v *visit) (answer, error) {
		switch {
		case v.away != nil:
			return answer{}, v.away
		case v.viewer().Stranger():
			return answer{}, errSignIn
		case !slices.Contains(roles, v.viewer().Role):
			return answer{}, errNotAllowed
		}
		return h(v)
	}
}
