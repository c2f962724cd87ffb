package respond

import (
	"crypto/rand"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
)

// Words is one line of words to look for, bounded like a name. A character that
// the database cannot hold finds nothing and is left out.
func Words(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(submission.OneLine(text), "\x00", ""), "")
	letters := []rune(text)
	return string(letters[:min(len(letters), account.MaxName)])
}

// maxKey bounds the key of a form, in characters: ours have 26.
const maxKey = 64

// FormKey is the key that a form carries, so that sent twice it is kept once; a
// new one if a form of somebody's own has none.
func FormKey(text string) string {
	if text == "" || len(text) > maxKey || strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > 'z' }) {
		return rand.Text()
	}
	return text
}

// StatusWith is the status of a form: 422 if it was not accepted, else the
// usual one.
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

// Distinct sorts a list and takes repetitions out.
func Distinct[T int64 | account.ID](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// Advance takes a step with a submission that the viewer has seen in the version
// that the form carries. Errors: those of store.Submissions.Advance, ErrConflict
// also for a form without a version.
func (r *Request) Advance(submissions *store.Submissions, id submission.ID, step submission.Step) (submission.Submission, error) {
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return submission.Submission{}, submission.ErrConflict
	}
	step.By = r.Viewer()
	step.At = r.responder.Now()
	return submissions.Advance(r.Context(), id, version, step)
}

// CommentBy is the viewer as the author of a comment on a submission.
func (r *Request) CommentBy(id submission.ID) store.Contribution {
	return store.Contribution{Submission: id, By: r.Viewer(), At: r.responder.Now()}
}
