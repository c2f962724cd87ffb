package access

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	page "exempla/web/page/access"
)

// Bounds of a saved form: together with mail and password it has to fit into one
// more request.
const (
	maxSaved       = respond.MaxBody - 64<<10 // bytes of names and values
	maxSavedFields = 300                      // a part of a submission has less than a hundred
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
	saved, err := saveForm(r.Request)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, page.SignInInput{Saved: saved}).View(), Status: http.StatusUnauthorized}, nil
}

// saveForm reads the form that a request has sent; one without files is read already.
// Files are too large to be kept in hidden fields.
func saveForm(r *http.Request) (page.SavedForm, error) {
	form := page.SavedForm{Action: r.URL.RequestURI()}
	if _, ok := link.LocalPath(form.Action); !ok {
		return page.SavedForm{}, respond.ErrTooLong
	}
	parts, err := r.MultipartReader()
	if err == nil {
		err = saveParts(&form, parts)
		return form, err
	}
	for name, values := range r.PostForm {
		if err := addField(&form, name, values...); err != nil {
			return page.SavedForm{}, err
		}
	}
	sortFields(form.Fields)
	return form, nil
}

// saveParts reads the fields of a form with files.
func saveParts(form *page.SavedForm, parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return respond.ErrTooLarge
		}
		if part.FileName() != "" {
			form.FilesLost = true
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, maxSaved+1))
		if err != nil {
			return respond.ErrTooLarge
		}
		if err := addField(form, part.FormName(), string(value)); err != nil {
			return err
		}
	}
}

// addField adds the values of a field. The error is ErrTooLarge once the form is
// too large to be saved.
func addField(form *page.SavedForm, name string, values ...string) error {
	for _, value := range values {
		form.Fields = append(form.Fields, page.SavedField{Name: name, Value: value})
	}
	size := 0
	for _, f := range form.Fields {
		size += len(f.Name) + len(f.Value)
	}
	if size > maxSaved || len(form.Fields) > maxSavedFields {
		return respond.ErrTooLarge
	}
	return nil
}

// sortFields gives fields that come from a map the same order each time.
func sortFields(fields []page.SavedField) {
	slices.SortStableFunc(fields, func(a, b page.SavedField) int { return strings.Compare(a.Name, b.Name) })
}

// readSavedForm reads the saved form from the hidden fields of a form for signing
// in. Only a path of this site is accepted as its address.
func readSavedForm(r *http.Request) page.SavedForm {
	action, ok := link.LocalPath(r.PostFormValue(page.SavedAction))
	if !ok {
		return page.SavedForm{}
	}
	form := page.SavedForm{Action: action, FilesLost: r.PostFormValue(page.SavedFilesLost) != ""}
	for name, values := range r.PostForm {
		if name, ok := strings.CutPrefix(name, page.SavedPrefix); ok {
			if addField(&form, name, values...) != nil {
				break
			}
		}
	}
	sortFields(form.Fields)
	return form
}
