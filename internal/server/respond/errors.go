package respond

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"exempla/internal/attachment"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page/frame"
)

// Errors that neither the store nor the domain has.
var (
	ErrNoSuchPage = errors.New("no such page")
	ErrNotAllowed = errors.New("not allowed")
	ErrTooLarge   = errors.New("too large")
	ErrBrokenOff  = errors.New("broken off") // the request ended before it was complete
	ErrTooLong    = errors.New("address too long")
	errSignIn     = errors.New("not signed in")
)

// RetryAfter is the Retry-After header while the database is away, in seconds:
// about as long as its restart takes.
const RetryAfter = "10"

// statusGoneAway is what the log says of a request whose reader did not wait for the
// answer, as proxies do.
const statusGoneAway = 499

// StatusOf is the HTTP status of an error; 500 for any that it does not know.
func StatusOf(err error) int {
	var archived store.Archived
	switch {
	case errors.Is(err, ErrNoSuchPage), errors.Is(err, store.ErrNotFound):
		return http.StatusNotFound
	case errors.As(err, &archived):
		return http.StatusGone
	case errors.Is(err, ErrNotAllowed), errors.Is(err, submission.ErrNotYours):
		return http.StatusForbidden
	case errors.Is(err, submission.ErrConflict), errors.Is(err, submission.ErrState), errors.Is(err, submission.ErrMoved),
		errors.Is(err, submission.ErrTooLate), errors.Is(err, submission.ErrArchived):
		return http.StatusConflict
	case errors.As(err, new(TooOften)):
		return http.StatusTooManyRequests
	case errors.Is(err, store.ErrNoText):
		return http.StatusUnprocessableEntity
	case errors.Is(err, ErrBrokenOff):
		return http.StatusBadRequest
	case errors.Is(err, ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrTooLong):
		return http.StatusRequestURITooLong
	case errors.Is(err, store.ErrAway), errors.Is(err, attachment.ErrAway):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail sends the page of an error for a request whose viewer is not known yet.
func (s *Responder) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.sendError(s.newRequest(w, r), err)
}

// sendError sends the page of an error, or the form for signing in.
func (s *Responder) sendError(r *Request, err error) {
	if errors.Is(err, errSignIn) {
		s.askToSignIn(r)
		return
	}
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		s.Log.Info("the reader went away", "request", r.Writer.Header().Get(RequestID))
		r.Writer.WriteHeader(statusGoneAway)
		return
	}
	view := problem(r, StatusOf(err))
	var archived store.Archived
	if errors.As(err, &archived) {
		view.Detail = archived.Reason
	}
	var often TooOften
	if errors.As(err, &often) && often.Wait == pageWindow {
		view = view.WithMessages(r.Locale, "busy")
	}
	away := "the database is away"
	if errors.Is(err, attachment.ErrAway) {
		away = "the files are away"
		view = view.WithMessages(r.Locale, "files")
	}
	header := r.Writer.Header()
	switch view.Status {
	case http.StatusServiceUnavailable:
		header.Set("Retry-After", RetryAfter)
		s.Log.Warn(away, "request", header.Get(RequestID), "error", err)
	case http.StatusInternalServerError:
		view.Reference = header.Get(RequestID)
		s.Log.Error("request failed", "request", view.Reference, "error", err)
	}
	// A form that was not even read may be that of another site, and is not shown as one's own.
	if r.Method == http.MethodPost && !r.IsFetch() && (view.Status >= http.StatusInternalServerError || r.PostForm != nil) {
		if saved, err := r.SaveForm(); err == nil {
			view = view.WithSaved(r.Locale, saved)
		}
	}
	s.sendProblem(r.Writer, r.Request, view)
}

// askToSignIn sends a stranger to sign in. That response is never cached.
func (s *Responder) askToSignIn(r *Request) {
	r.Writer.Header().Set("Cache-Control", "no-store")
	response, err := s.AskToSignIn(r)
	switch {
	case err != nil:
		s.sendError(r, err)
	case response.Written:
	case response.Redirect != "":
		http.Redirect(r.Writer, r.Request, response.Redirect, response.Status)
	default:
		s.render(r, response)
	}
}

// sendProblem sends the page, or plain text if rendering it fails. Programs get neither.
func (s *Responder) sendProblem(w http.ResponseWriter, r *http.Request, view frame.Problem) {
	if link.IsAPI(r.URL.Path) {
		sendProblemJSON(w, view)
		return
	}
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

// NotFound answers addresses without a route. One that has a route but for a slash
// at its end leads there.
func (s *Responder) NotFound(w http.ResponseWriter, r *http.Request) {
	if to, ok := withoutSlash(r); ok {
		http.Redirect(w, r, to, http.StatusMovedPermanently) // #nosec G710 -- to a path that we have
		return
	}
	s.fail(w, r.WithContext(withGuessedLanguage(r)), ErrNoSuchPage)
}

// withoutSlash is the address of a page without the slash at its end, with its
// query. ok is false if there is no such page.
func withoutSlash(r *http.Request) (to string, ok bool) {
	path := strings.TrimRight(r.URL.Path, "/")
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if _, known := locale.Find(first); !known || path == r.URL.Path || !onlyReads(r) {
		return "", false
	}
	if !chi.RouteContext(r.Context()).Routes.Match(chi.NewRouteContext(), http.MethodGet, path) {
		return "", false
	}
	return link.WithQuery(strings.TrimRight(r.URL.EscapedPath(), "/"), r.URL.RawQuery), true
}

// MethodNotAllowed answers methods that an address does not take.
func (s *Responder) MethodNotAllowed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", strings.Join(methodsOf(r), ", "))
	r = r.WithContext(withGuessedLanguage(r))
	s.sendProblem(w, r, problem(s.newRequest(w, r), http.StatusMethodNotAllowed))
}

// methodsOf lists the methods that the router has for an address.
func methodsOf(r *http.Request) []string {
	var methods []string
	routes := chi.RouteContext(r.Context()).Routes
	if routes.Match(chi.NewRouteContext(), http.MethodGet, r.URL.Path) {
		methods = append(methods, http.MethodGet, http.MethodHead)
	}
	// The router matches the root of a group with every method, but no such root
	// takes a form.
	root := strings.Count(strings.TrimSuffix(r.URL.Path, "/"), "/") < 2
	if !root && routes.Match(chi.NewRouteContext(), http.MethodPost, r.URL.Path) {
		methods = append(methods, http.MethodPost)
	}
	return methods
}

// problem is the page of an error status, in the reader's language.
func problem(r *Request, status int) frame.Problem {
	return frame.NewProblem(r.Locale, r.Frame, frame.ProblemInput{Status: status, Path: switcherPath(r.Request), Query: r.URL.RawQuery})
}

// switcherPath is the path that the language switcher of an error page keeps:
// that of the request if it begins with a language, else the start page.
func switcherPath(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if _, ok := locale.Find(first); ok {
		return r.URL.EscapedPath()
	}
	return "/" + locale.From(r.Context()).Tag()
}
