package respond

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"slices"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/web/page/frame"
)

// Bounds of a saved form: together with mail and password it has to fit into one
// more request.
const (
	maxSaved       = MaxBody - 64<<10 // bytes of names and values
	maxSavedFields = 300              // a part of a submission has less than a hundred
)

// SaveForm reads the form that the request has sent, unless a handler has read it
// already. Files are too large to be kept in hidden fields, and secrets are never
// sent back. The error is ErrTooLarge or ErrTooLong if the form cannot be saved.
func (r *Request) SaveForm() (frame.SavedForm, error) {
	form := frame.SavedForm{Action: r.URL.RequestURI(), FilesLost: r.HasFiles}
	if _, ok := link.LocalPath(form.Action); !ok {
		return frame.SavedForm{}, ErrTooLong
	}
	parts, err := r.MultipartReader()
	if err == nil {
		err = saveParts(&form, parts)
		return form, err
	}
	err = SaveFields(&form, r.PostForm)
	return form, err
}

// SaveFields adds fields to a saved form, in the order of their names. The error is
// ErrTooLarge once the form is too large to be saved.
func SaveFields(form *frame.SavedForm, fields map[string][]string) error {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, value := range fields[name] {
			if err := addField(form, name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// saveParts reads the fields of a form with files.
func saveParts(form *frame.SavedForm, parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return ErrTooLarge
		}
		if part.FileName() != "" {
			form.FilesLost = true
			if SkipFile(part) != nil {
				return ErrTooLarge
			}
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, maxSaved+1))
		if err != nil {
			return ErrTooLarge
		}
		if err := addField(form, part.FormName(), string(value)); err != nil {
			return err
		}
	}
}

// skipped is how much of a file that is not kept is read, in bytes, to come to the fields
// behind it: of one that is somewhat too large, all.
const skipped = 2 * practice.MaxFileSize

// SkipFile reads past a file of a form. The error is ErrTooLarge if that would take
// long, or that of reading.
func SkipFile(file io.Reader) error {
	switch _, err := io.CopyN(io.Discard, file, skipped+1); {
	case err == nil:
		return ErrTooLarge
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("skip a file: %w", err)
	}
	return nil
}

// secrets are the fields that hold what somebody signs in with. Browsers ask for them
// anew.
var secrets = []string{"password", "current", "code", "passkey"}

// addField adds a field, unless it holds a secret.
func addField(form *frame.SavedForm, name, value string) error {
	if slices.Contains(secrets, name) {
		form.SecretsLost = form.SecretsLost || value != ""
		return nil
	}
	form.Fields = append(form.Fields, frame.SavedField{Name: name, Value: value})
	size := 0
	for _, f := range form.Fields {
		size += len(f.Name) + len(f.Value)
	}
	if size > maxSaved || len(form.Fields) > maxSavedFields {
		return ErrTooLarge
	}
	return nil
}
