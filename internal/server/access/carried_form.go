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

// Bounds of a form that travels through signing in: together with mail and
// password it has to fit into a request once more.
const (
	maxCarried       = respond.MaxBody - 64<<10 // bytes of names and values
	maxCarriedFields = 300                      // a part of a submission has less than a hundred
)

// AskToSignIn leads to signing in and from there back to what was asked for. A
// form that was sent is not lost: it travels along. Scripts are only told.
func (h *Handlers) AskToSignIn(r *respond.Request) (respond.Response, error) {
	switch {
	case r.IsFetch():
		http.Error(r.Writer, "401 "+http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return respond.Response{Written: true}, nil
	case r.Method != http.MethodPost:
		return respond.Response{Redirect: link.SignIn(r.Tag(), r.URL.RequestURI()), Status: http.StatusSeeOther}, nil
	}
	carried, err := carry(r.Request)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, page.SignIn{Carried: carried}).View(), Status: http.StatusUnauthorized}, nil
}

// carry takes along what a form has sent. Files are too much to be carried.
func carry(r *http.Request) (page.Carried, error) {
	c := page.Carried{To: r.URL.RequestURI()}
	if _, ok := link.LocalPath(c.To); !ok {
		return page.Carried{}, respond.ErrTooLong
	}
	parts, err := r.MultipartReader()
	if err == nil {
		err = carryParts(&c, parts)
		return c, err
	}
	if err := r.ParseForm(); err != nil {
		return page.Carried{}, respond.ErrTooLarge
	}
	for name, values := range r.PostForm {
		if err := add(&c, name, values...); err != nil {
			return page.Carried{}, err
		}
	}
	// The order of a form's fields means nothing, but a page is the same each time.
	slices.SortStableFunc(c.Fields, func(a, b page.CarriedField) int { return strings.Compare(a.Name, b.Name) })
	return c, nil
}

// carryParts takes along the fields of a form with files.
func carryParts(c *page.Carried, parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return respond.ErrTooLarge
		}
		if part.FileName() != "" {
			c.Lost = true
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, maxCarried+1))
		if err != nil {
			return respond.ErrTooLarge
		}
		if err := add(c, part.FormName(), string(value)); err != nil {
			return err
		}
	}
}

// add adds the values of a field as long as there is room.
func add(c *page.Carried, name string, values ...string) error {
	for _, value := range values {
		c.Fields = append(c.Fields, page.CarriedField{Name: name, Value: value})
	}
	size := 0
	for _, f := range c.Fields {
		size += len(f.Name) + len(f.Value)
	}
	if size > maxCarried || len(c.Fields) > maxCarriedFields {
		return respond.ErrTooLarge
	}
	return nil
}

// carriedBy is the form that a form about signing in has carried along. Only a
// path of this site is a place to send it to.
func carriedBy(r *http.Request) page.Carried {
	to, ok := link.LocalPath(r.PostFormValue(page.CarryTo))
	if !ok {
		return page.Carried{}
	}
	c := page.Carried{To: to, Lost: r.PostFormValue(page.CarryLost) != ""}
	for name, values := range r.PostForm {
		if name, ok := strings.CutPrefix(name, page.CarryPrefix); ok {
			if add(&c, name, values...) != nil {
				break
			}
		}
	}
	slices.SortStableFunc(c.Fields, func(a, b page.CarriedField) int { return strings.Compare(a.Name, b.Name) })
	return c
}
