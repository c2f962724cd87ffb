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
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// maxFields bounds the fields and files of one form. A part has four fields for
// each file that it can have, and fewer than a hundred files are chosen at once.
const maxFields = 150

// Why a sound file is rejected, besides the faults of package attachment. These
// are the ends of messages "file.fault.<reason>".
const (
	noRoom      = "no_room"
	duplicate   = "twice"
	isPicture   = "is_picture"
	isNoPicture = "is_document"
)

// partUpload is a form with files: those that were accepted, to which no text
// refers yet, and those that were rejected.
type partUpload struct {
	part     submission.Part
	files    []uploadedFile
	rejected []page.RejectedFile
	most     int // files that the submission may have
	capacity int // for how many there is room
}

// uploadedFile is a file that was accepted, and its name on the sender's machine.
type uploadedFile struct {
	practice.Attachment
	clientName string
}

// readUpload reads a form with files, one file at a time. Afterwards the texts
// are in the request's form, as with any other form.
func (h *FileHandlers) readUpload(r *respond.Request, upload *partUpload) error {
	r.ReadPatiently()
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil // a form without files is read already
	}
	if err != nil {
		return readError(err)
	}
	r.PostForm = url.Values{}
	var away error // of the database or the files: all the same the texts are read, so that they can be given back
	for left, fields := respond.MaxBody, 0; ; fields++ {
		field, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			return readError(err)
		case fields == maxFields:
			return respond.ErrTooLarge
		case field.FormName() == page.FileField:
			r.HasFiles = r.HasFiles || field.FileName() != ""
			if away == nil {
				err = h.readFile(r, upload, field)
			}
		default:
			left, err = readText(r.PostForm, field, left)
		}
		if errors.Is(err, store.ErrAway) || errors.Is(err, attachment.ErrAway) {
			away, err = err, nil
		}
		if err != nil {
			return err
		}
	}
	r.Form = r.PostForm
	respond.Extend(r.Writer, respond.WriteTime) // reading has used up the time for the response
	return away
}

// readText reads a text field of at most limit bytes, and returns how many of
// them are left for other fields.
func readText(form url.Values, field *multipart.Part, limit int) (left int, err error) {
	value, err := io.ReadAll(io.LimitReader(field, int64(limit)+1))
	if err == nil && len(value) > limit {
		err = respond.ErrTooLarge
	}
	form.Add(field.FormName(), string(value))
	return limit - len(value), readError(err)
}

// readError tells a request that is too large from one that breaks off. The
// sender of the latter has gone and reads no response.
func readError(err error) error {
	var large *http.MaxBytesError
	switch {
	case err == nil, errors.Is(err, respond.ErrTooLarge):
		return err
	case errors.As(err, &large):
		return respond.ErrTooLarge
	}
	return fmt.Errorf("%w: %w", respond.ErrBrokenOff, err)
}

// readFile reads and stores one file. A rejected file is no error, so that the
// other files and the texts are stored.
func (h *FileHandlers) readFile(r *respond.Request, upload *partUpload, field *multipart.Part) error {
	if field.FileName() == "" {
		return nil // no file was chosen
	}
	clientName := attachment.Shown(field.FileName())
	reject := func(reason string) error {
		upload.rejected = append(upload.rejected, page.RejectedFile{Name: clientName, Reason: reason})
		return readError(respond.SkipFile(field))
	}
	if len(upload.files) >= upload.capacity {
		return reject(noRoom)
	}
	file, err := attachment.Read(r.Context(), field)
	var fault attachment.Fault
	switch {
	case errors.As(err, &fault):
		return reject(string(fault))
	case err != nil:
		return readError(err)
	case upload.part == submission.Pictures && !file.IsPicture():
		return reject(isNoPicture)
	case upload.part != submission.Pictures && file.IsPicture():
		return reject(isPicture)
	}
	if err := h.Content.Keep(r.Context(), file); err != nil {
		return err
	}
	if !file.IsPicture() {
		file.Name = attachment.Name(field.FileName())
	}
	upload.files = append(upload.files, uploadedFile{file.Attachment, clientName})
	return h.Files.Keep(r.Context(), file.Attachment, h.Now())
}
