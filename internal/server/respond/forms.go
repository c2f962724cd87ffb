package respond

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
)

// maxKey is the longest form key that is accepted, in bytes; FormKey makes keys
// of 26.
const maxKey = 64

// FormKey is the key that a form was sent with, by which a form sent twice is
// stored once; a new key if there is none or it is malformed.
func FormKey(text string) string {
	if text == "" || len(text) > maxKey || strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > 'z' }) {
		return rand.Text()
	}
	return text
}

// readForm reads a form. One that cannot be read because it is too long or has too many
// fields is ErrTooLarge: it must not be taken for an empty one, which would be answered as
// if it were stored. An address that takes files reads a form with files itself; one
// without is as short there as elsewhere.
func (r *Request) readForm(takesFiles bool) error {
	if r.Method != http.MethodPost {
		return nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	withFiles := kind == "multipart/form-data"
	if withFiles && takesFiles {
		return nil
	}
	r.Body = http.MaxBytesReader(r.Writer, r.Body, MaxBody)
	if !withFiles {
		err := r.ParseForm()
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return ErrBrokenOff
		case err != nil && len(r.PostForm) == 0:
			return ErrTooLarge
		}
		return nil
	}
	return ReadMultipart(r, MaxBody) // so a saved form is sent again
}

// ReadMultipart reads a form with files into memory, of so many bytes at most. Errors:
// ErrTooLarge, ErrBrokenOff.
func ReadMultipart(r *Request, most int64) error {
	if err := r.ParseMultipartForm(most); err != nil { // #nosec G120 -- the body is bounded by then
		if errors.As(err, new(*http.MaxBytesError)) || errors.Is(err, multipart.ErrMessageTooLarge) {
			return ErrTooLarge
		}
		return ErrBrokenOff
	}
	r.HasFiles = len(r.MultipartForm.File) > 0
	return nil
}

// Words is a text of several lines as it is kept, without space around it.
func (r *Request) Words(field string) string {
	return strings.TrimSpace(submission.Tidy(strings.ToValidUTF8(r.PostFormValue(field), "")))
}

// CommentDrafts are the comments in the boxes of the form, empty ones too. The key of
// each holds its text, so that a form sent twice is stored once, while other words in
// the same box are not taken for it.
func (r *Request) CommentDrafts() []store.CommentDraft {
	key := FormKey(r.PostFormValue("key"))
	var list []store.CommentDraft
	for _, field := range slices.Sorted(maps.Keys(r.PostForm)) {
		box, ok := submission.ParseBox(field)
		if !ok {
			continue
		}
		text := strings.ReplaceAll(strings.ToValidUTF8(r.PostForm.Get(field), ""), "\x00", "")
		text = submission.Tidy(text)
		if strings.TrimSpace(text) == "" {
			text = ""
		}
		digest := sha256.Sum256([]byte(text))
		list = append(list, store.CommentDraft{Box: box, Text: text, Key: key + field + hex.EncodeToString(digest[:8])})
	}
	return list
}

// StatusWith is the status of a page with a form: 422 if there are problems,
// else 0, which stands for the usual one.
func StatusWith(problems component.Problems) int {
	if len(problems) > 0 {
		return http.StatusUnprocessableEntity
	}
	return 0
}

// AppendOnce appends a value to a list unless it is there.
func AppendOnce[T comparable](list []T, value T) []T {
	if slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

// Distinct sorts a list in place and returns it without duplicates.
func Distinct[T int64 | account.ID](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// Advance takes a step with a submission in the viewer's name. It fails if the
// submission has changed since the version in the form. Errors: those of
// store.Submissions.Advance; ErrConflict also for a form without a version.
func (r *Request) Advance(submissions *store.Submissions, id submission.ID, step submission.Step) (submission.Submission, error) {
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return submission.Submission{}, submission.ErrConflict
	}
	step.By = r.Viewer()
	step.At = r.responder.Now()
	step.Limits = r.look.Limits
	return submissions.Advance(r.Context(), id, version, step)
}

// FindSubmission returns a submission with the limits that the site sets now. Errors: those
// of store.Submissions.Find.
func FindSubmission(r *Request, from *store.Submissions, id submission.ID) (submission.Submission, error) {
	found, err := from.Find(r.Context(), id)
	found.Limits = r.look.Limits
	return found, err
}

// CommentBy is a comment on a submission by the viewer, as of now.
func (r *Request) CommentBy(id submission.ID) store.Contribution {
	return store.Contribution{Submission: id, By: r.Viewer(), At: r.responder.Now()}
}
