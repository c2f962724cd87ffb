package admin

import (
	"encoding/base64"
	"errors"
	"image"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"exempla/internal/attachment"
	"exempla/internal/server/respond"
	"exempla/internal/theme"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// MaxLogoForm is the largest body of the form about the look of the site, in bytes: its
// fields, and two pictures as large as others may be before they are made small.
const MaxLogoForm = respond.MaxBody + 2*attachment.MaxSize

// readLogoForm reads the form if it has come with files; others are read already.
func readLogoForm(r *respond.Request) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return nil
	}
	r.ReadPatiently()
	err := respond.ReadMultipart(r, MaxLogoForm)
	respond.Extend(r.Writer, respond.WriteTime) // reading has used up the time for the response
	return err
}

// takeLogo lays the pictures of the form over the logo of the theme: files that were chosen,
// or those that an earlier answer has kept in the form.
func (h AppearanceHandlers) takeLogo(r *respond.Request, in *page.AppearanceInput) error {
	for _, f := range page.LogoFields(&in.Theme.Logo) {
		if r.PostForm.Has(page.RemovePrefix + f.Field) {
			*f.Value = nil
		}
		if kept, err := base64.StdEncoding.DecodeString(r.PostFormValue(page.KeptPrefix + f.Field)); err == nil && len(kept) > 0 {
			*f.Value = kept
		}
		file, header, err := r.FormFile(f.Field)
		if err != nil {
			continue // none was chosen
		}
		picture, err := logoPicture(r, file)
		var fault attachment.Fault
		switch {
		case errors.As(err, &fault):
			in.Problems = append(in.Problems, component.Problem{Field: f.Field,
				Text: r.Locale.T("file.fault."+string(fault), "Name", attachment.Shown(header.Filename))})
		case err != nil:
			return err
		default:
			*f.Value = picture
		}
	}
	in.Theme.Logo.HasName = r.PostForm.Has(page.LogoNameField) && len(in.Theme.Logo.Light) > 0
	return nil
}

// logoPicture is an uploaded picture as logos have it: a drawing as it is, others made
// small. Errors: attachment.Fault.
func logoPicture(r *respond.Request, file multipart.File) (theme.Picture, error) {
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, attachment.MaxSize+1))
	switch {
	case err != nil:
		return nil, err
	case len(content) == 0:
		return nil, attachment.Empty
	case len(content) > attachment.MaxSize:
		return nil, attachment.TooLarge
	case strings.HasPrefix(http.DetectContentType(content), "text/"): // a drawing is text, and nothing else that can be a logo
		return content, nil
	}
	return attachment.Within(r.Context(), content, image.Pt(theme.LogoWidth, theme.LogoHeight))
}
