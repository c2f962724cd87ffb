package access

import (
	"net/http"
	"strings"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	page "exempla/web/page/access"
	"exempla/web/page/frame"
)

// AskToSignIn sends a stranger to sign in and from there back to the address. A
// form that was sent is saved and can be sent again. Scripts only get the status.
func (h *Handlers) AskToSignIn(r *respond.Request) (respond.Response, error) {
	switch {
	case r.IsFetch():
		http.Error(r.Writer, "401 "+http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return respond.Response{Written: true}, nil
	case r.Method != http.MethodPost:
		return respond.Response{Redirect: link.SignIn(r.Tag(), r.URL.RequestURI()), Status: http.StatusSeeOther}, nil
	}
	saved, err := r.SaveForm()
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, page.SignInInput{Saved: saved}).View(), Status: http.StatusUnauthorized}, nil
}

// readSavedForm reads the saved form from the hidden fields of a form for signing
// in. Only a path of this site is accepted as its address.
func readSavedForm(r *respond.Request) frame.SavedForm {
	action, ok := link.LocalPath(r.PostFormValue(page.SavedAction))
	if !ok {
		return frame.SavedForm{}
	}
	form := frame.SavedForm{Action: action, FilesLost: r.PostFormValue(page.SavedFilesLost) != ""}
	fields := map[string][]string{}
	for name, values := range r.PostForm {
		if name, ok := strings.CutPrefix(name, page.SavedPrefix); ok {
			fields[name] = values
		}
	}
	_ = respond.SaveFields(&form, fields) // what is too large could not have been sent
	return form
}
