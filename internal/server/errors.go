package server

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// Errors of addresses.
var (
	errNoSuchPage = errors.New("no such page")
	errTooLarge   = errors.New("too large")
	errBrokenOff  = errors.New("broken off")
	errTooLong    = errors.New("address too long")
	errSignIn     = errors.New("nobody has signed in")
	errNotAllowed = errors.New("not allowed")
)

// retryAfter tells programs how long to wait, in seconds, when the database is
// away: about as long as a restart of it takes.
const retryAfter = "10"

// statusOf is the table of errors and statuses. Whatever it does not list is a
// failure of ours.
func statusOf(err error) int {
	var archived store.Archived
	switch {
	case errors.Is(err, errNoSuchPage), errors.Is(err, store.ErrNotFound):
		return http.StatusNotFound
	case errors.As(err, &archived):
		return http.StatusGone
	case errors.Is(err, errNotAllowed), errors.Is(err, submission.ErrNotYours):
		return http.StatusForbidden
	case errors.Is(err, submission.ErrConflict), errors.Is(err, submission.ErrState), errors.Is(err, submission.ErrMoved),
		errors.Is(err, submission.ErrTooLate):
		return http.StatusConflict
	case errors.As(err, new(tooOften)):
		return http.StatusTooManyRequests
	case errors.Is(err, errBrokenOff):
		return http.StatusBadRequest
	case errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errTooLong):
		return http.StatusRequestURITooLong
	case errors.Is(err, store.ErrAway):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail answers with the page of an error where nothing is known of the viewer.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.refuse(&visit{w: w, r: r, l: locale.From(r.Context()), frame: component.Frame{Site: s.Site}}, err)
}

// refuse answers with the page of an error.
func (s *Server) refuse(v *visit, err error) {
	w := v.w
	if errors.Is(err, errSignIn) {
		s.askToSignIn(v)
		return
	}
	view := problem(v, statusOf(err))
	var archived store.Archived
	if errors.As(err, &archived) {
		view.Detail = archived.Reason
	}
	var often tooOften
	if errors.As(err, &often) && often.wait == pageWindow {
		view = view.Called(v.l, "busy")
	}
	switch view.Status {
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", retryAfter)
		s.Log.Warn("the database is away", "request", w.Header().Get(requestID), "error", err)
	case http.StatusInternalServerError:
		view.Reference = w.Header().Get(requestID)
		s.Log.Error("request failed", "request", view.Reference, "error", err)
	}
	s.sendProblem(w, v.r, view)
}

// sendProblem sends the page, or plain words when even that cannot be made.
func (s *Server) sendProblem(w http.ResponseWriter, r *http.Request, view page.Problem) {
	var body bytes.Buffer
	if err := view.View().Render(r.Context(), &body); err != nil {
		s.Log.Error("the page of an error failed too", "error", err)
		http.Error(w, view.Meta.Title, view.Status)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Del("ETag")
	sendPage(w, view.Status, body.Bytes())
}

// notFound answers for addresses that no route has.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r.WithContext(guess(r)), errNoSuchPage)
}

// methodsOf asks the router which methods an address takes.
func methodsOf(r *http.Request) []string {
	var methods []string
	routes := chi.RouteContext(r.Context()).Routes
	if routes.Match(chi.NewRouteContext(), http.MethodGet, r.URL.Path) {
		methods = append(methods, http.MethodGet, http.MethodHead)
	}
	// For the root of a group of addresses the router says yes to every method;
	// none of those takes a form.
	root := strings.Count(strings.TrimSuffix(r.URL.Path, "/"), "/") < 2
	if !root && routes.Match(chi.NewRouteContext(), http.MethodPost, r.URL.Path) {
		methods = append(methods, http.MethodPost)
	}
	return methods
}

// methodNotAllowed answers in the reader's language.
func (s *Server) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", strings.Join(methodsOf(r), ", "))
	r = r.WithContext(guess(r))
	v := &visit{w: w, r: r, l: locale.From(r.Context()), frame: component.Frame{Site: s.Site}}
	s.sendProblem(w, r, problem(v, http.StatusMethodNotAllowed))
}

// samePlace is the path asked for when it begins with a language, so that the
// switcher can keep it; else the guessed language's home.
func samePlace(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if _, ok := locale.Find(first); ok {
		return r.URL.EscapedPath()
	}
	return "/" + locale.From(r.Context()).Tag()
}
