package submit

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// maxPieces bounds the fields and files of one form: a part has four fields for
// each file that it can have, and nobody chooses a hundred files.
const maxPieces = 150

// Why a file that is sound is refused all the same, beside the faults of
// package attachment.
const (
	noRoom      = "no_room"
	twice       = "twice"
	isPicture   = "is_picture"
	isNoPicture = "is_document"
)

// handed is what a form with files has brought: files that were taken in, which
// no text names yet, and those that were refused.
type handed struct {
	part    submission.Part
	files   []arrived
	refused []page.Refused
	room    int // for how many files
}

// arrived is a file that was taken in, and what it is called where it came from.
type arrived struct {
	practice.Attachment
	called string
}

// receive reads a form with files, one file at a time. What was typed is in the
// request's form afterwards, as from any other form.
func (h *FileHandlers) receive(r *respond.Request, u *handed) error {
	r.ReadPatiently()
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return unread(r.ParseForm())
	}
	if err != nil {
		return unread(err)
	}
	r.PostForm = url.Values{}
	for left, pieces := respond.MaxBody, 0; ; pieces++ {
		piece, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			return unread(err)
		case pieces == maxPieces:
			return respond.ErrTooLarge
		case piece.FormName() == page.FileField:
			err = h.takeIn(r, u, piece)
		default:
			left, err = typed(r.PostForm, piece, left)
		}
		if err != nil {
			return err
		}
	}
	r.Form = r.PostForm
	respond.Extend(r.Writer, respond.WriteTime) // what was read took its own time
	return nil
}

// typed reads a field, of which there may be so many bytes, and returns how many
// are left for others.
func typed(form url.Values, piece *multipart.Part, left int) (int, error) {
	value, err := io.ReadAll(io.LimitReader(piece, int64(left)+1))
	if err == nil && len(value) > left {
		err = respond.ErrTooLarge
	}
	form.Add(piece.FormName(), string(value))
	return left - len(value), unread(err)
}

// unread tells a request that is too large from one that breaks off. To the
// latter nobody is there any more to be answered.
func unread(err error) error {
	var large *http.MaxBytesError
	switch {
	case err == nil, errors.Is(err, respond.ErrTooLarge):
		return err
	case errors.As(err, &large):
		return respond.ErrTooLarge
	}
	return fmt.Errorf("%w: %w", respond.ErrBrokenOff, err)
}

// takeIn takes one file in and keeps it. A file that is refused is no error: the
// others and what was typed go on.
func (h *FileHandlers) takeIn(r *respond.Request, u *handed, piece *multipart.Part) error {
	if piece.FileName() == "" {
		return nil // nothing was chosen
	}
	called := attachment.Shown(piece.FileName())
	refuse := func(why string) { u.refused = append(u.refused, page.Refused{Name: called, Why: why}) }
	if len(u.files) >= u.room {
		refuse(noRoom)
		return nil
	}
	file, err := attachment.Read(r.Context(), piece)
	var fault attachment.Fault
	switch {
	case errors.As(err, &fault):
		refuse(string(fault))
		return nil
	case err != nil:
		return unread(err)
	case u.part == submission.Pictures && !file.IsPicture():
		refuse(isNoPicture)
		return nil
	case u.part != submission.Pictures && file.IsPicture():
		refuse(isPicture)
		return nil
	}
	if err := h.Folder.Keep(file); err != nil {
		return err
	}
	if !file.IsPicture() {
		file.Name = attachment.Name(piece.FileName())
	}
	u.files = append(u.files, arrived{file.Attachment, called})
	return h.Files.Keep(r.Context(), file.Attachment, h.Now())
}
