package server

import (
	"net/http"
	"slices"

	"exempla/internal/account"
	"exempla/internal/link"
)

// recognise finds out who makes the request. It asks the database only when a
// session cookie came.
func (s *Server) recognise(*visit) error { return nil }

// only lets a handler answer to people of some roles. A stranger is sent to
// sign in and comes back; anybody else is told that this is not for them.
func only(h handler, roles ...account.Role) handler {
	return func(v *visit) (answer, error) {
		switch {
		case v.viewer().Stranger():
			return answer{}, errSignIn
		case !slices.Contains(roles, v.viewer().Role):
			return answer{}, errNotAllowed
		}
		return h(v)
	}
}

// askToSignIn leads to signing in and from there back to what was asked for.
func (s *Server) askToSignIn(v *visit) {
	http.Redirect(v.w, v.r, link.SignIn(v.l.Tag(), v.r.URL.RequestURI()), http.StatusSeeOther)
}
