package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// written is a submission and what an editor has written on the page of its review.
type written struct {
	submission.Submission
	boxes []store.CommentDraft
}

// written is the submission that the address names. The whole page is one form, so
// whichever button was pressed, what stands in its boxes and its ticks are stored
// first.
func (h *Handlers) written(r *respond.Request) (written, error) {
	found, err := h.submission(r)
	w := written{Submission: found}
	if err != nil {
		return w, err
	}
	w.boxes = r.CommentDrafts()
	if err := h.Submissions.KeepCommentDrafts(r.Context(), r.CommentBy(found.ID), w.boxes); err != nil {
		return w, err
	}
	if found.State != submission.Submitted || !r.PostForm.Has(page.SeenField) {
		return w, nil
	}
	if ticked := ticks(r, found); !slices.Equal(ticked, found.Criteria) {
		err = h.Submissions.TickCriteria(r.Context(), found.ID, ticked, r.Viewer())
	}
	if isConflict(err) {
		err = nil // what was pressed meets the same conflict, and explains it
	}
	return w, err
}

// ticks are the criteria with what the viewer has changed in the form. Others may have
// ticked more since it was made.
func ticks(r *respond.Request, found submission.Submission) []submission.Criterion {
	seen := strings.Split(r.PostForm.Get(page.SeenField), ",")
	var list []submission.Criterion
	for _, c := range found.Kind.Criteria() {
		ticked := slices.Contains(r.PostForm[page.CriterionField], string(c))
		if ticked == slices.Contains(seen, string(c)) {
			ticked = slices.Contains(found.Criteria, c)
		}
		if ticked {
			list = append(list, c)
		}
	}
	return list
}

// Write stores what an editor has written: the comment whose button was pressed, and
// everything else as drafts. Other buttons, and the script that saves, only keep the
// drafts.
func (h *Handlers) Write(r *respond.Request) (respond.Response, error) {
	w, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	if r.IsFetch() {
		return respond.Saved(r, http.StatusOK, respond.Autosave{Saved: h.Now().UTC(), Seen: page.SeenCriteria(ticks(r, w.Submission))})
	}
	if to := r.PostForm.Get(page.ToField); to != "" {
		return h.leave(r, w, to)
	}
	box, ok := submission.ParseBox(r.PostForm.Get(page.AddField))
	if !ok {
		return respond.Redirect(reviewAddress(r, w.ID)), nil
	}
	draft := store.CommentDraft{Box: box}
	if at := slices.IndexFunc(w.boxes, func(d store.CommentDraft) bool { return d.Box == box }); at >= 0 {
		draft = w.boxes[at]
	}
	if err := h.add(r, w, draft); err != nil {
		return h.invalidComment(r, w, draft, err)
	}
	return r.Done("done.commented", reviewAddress(r, w.ID)+"#"+page.CommentForm{Box: box}.Anchor())
}

// leave leads to another page of the review. A rejection takes the comments along.
func (h *Handlers) leave(r *respond.Request, w written, to string) (respond.Response, error) {
	if to == link.RejectPage {
		if draft, err := h.addRequests(r, w); err != nil {
			return h.invalidComment(r, w, draft, err)
		}
	}
	address, ok := destination(r, w.Submission, to)
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	return respond.Redirect(address), nil
}

// destination is the address of a page to which the review leads.
func destination(r *respond.Request, s submission.Submission, to string) (address string, ok bool) {
	tag, of := r.Tag(), link.Review(r.Tag(), s.ID)
	name, which, more := strings.Cut(to, "/")
	number, _ := strconv.ParseInt(which, 10, 64)
	since, _ := strconv.Atoi(r.PostForm.Get(link.SinceParameter))
	switch {
	case name == link.CorrectPage && submission.Part(which).Known():
		return link.Part(tag, s.ID, submission.Part(which)), true
	case to == link.RejectPage, to == link.ReopenPage, to == link.HistoryPage:
		return link.ReviewPage(tag, s.ID, to), true
	case to == link.SinceParameter:
		return link.WithView(of, "", since), true
	case name == link.ViewParameter && more:
		return link.WithView(of, which, 0), true
	case to == page.ToDesk:
		return link.Desk(tag), true
	case name == page.ToDesk && number > 0:
		return link.Review(tag, submission.ID(number)), true
	case to == page.ToPractice && s.Slug != "":
		return link.Practice(tag, s.Slug), true
	case to == link.ArchivePage && s.Slug != "":
		return link.Archive(tag, s.Slug), true
	}
	return "", false
}

// add stores the text in a box as a comment.
func (h *Handlers) add(r *respond.Request, w written, draft store.CommentDraft) error {
	return h.Submissions.AddComment(r.Context(), r.CommentBy(w.ID), draft.Box.Write(draft.Text), draft.Key)
}

// addRequests stores what stands in the boxes for the authors as comments, because a
// decision is about to be made. The error is about the draft.
func (h *Handlers) addRequests(r *respond.Request, w written) (store.CommentDraft, error) {
	if w.State != submission.Submitted {
		return store.CommentDraft{}, nil
	}
	for _, draft := range w.boxes {
		if !draft.Box.IsRequest() || draft.Text == "" {
			continue
		}
		if err := h.add(r, w, draft); err != nil {
			return draft, err
		}
	}
	return store.CommentDraft{}, nil
}

// invalidComment shows the review with a comment that could not be stored. Where the
// submission takes no more comments, the words move to the box for a note.
func (h *Handlers) invalidComment(r *respond.Request, w written, draft store.CommentDraft, cause error) (respond.Response, error) {
	key := "comment.no_words"
	switch {
	case errors.Is(cause, submission.ErrState), errors.Is(cause, submission.ErrConflict):
		key = "comment.too_late"
		note := store.CommentDraft{Box: submission.Box{Part: submission.NotesPart}, Text: draft.Text}
		if draft.Box != note.Box {
			if err := h.moveDraft(r, w.ID, draft.Box, note); err != nil {
				return respond.Response{}, err
			}
		}
		draft.Box = note.Box
	case !errors.Is(cause, submission.ErrNoText):
		return respond.Response{}, cause
	}
	in, err := h.reviewInput(r, w.Submission)
	if err != nil {
		return respond.Response{}, err
	}
	in.Refused = page.CommentForm{Box: draft.Box, Problem: r.Locale.T(key, "Limit", submission.MaxComment)}
	in.Problems.Add(r.Locale, draft.Box.Field(), key, "Limit", submission.MaxComment)
	return showReview(r, in, http.StatusUnprocessableEntity), nil
}

// moveDraft puts words into another box, below what stands there.
func (h *Handlers) moveDraft(r *respond.Request, id submission.ID, from submission.Box, to store.CommentDraft) error {
	drafts, err := h.Submissions.CommentDrafts(r.Context(), id, r.Viewer().ID)
	if err != nil {
		return err
	}
	if there := drafts[to.Box]; there != "" && there != to.Text {
		to.Text = there + "\n\n" + to.Text
	}
	moved := []store.CommentDraft{to}
	if from != to.Box {
		moved = append(moved, store.CommentDraft{Box: from})
	}
	return h.Submissions.KeepCommentDrafts(r.Context(), r.CommentBy(id), moved)
}

// ChangeComment settles a comment, opens it again, or deletes it.
func (h *Handlers) ChangeComment(r *respond.Request) (respond.Response, error) {
	found, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	number, ok := r.Number("comment")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	switch act := r.Param("act"); act {
	case "settle", "open":
		if err := h.Submissions.SettleComment(r.Context(), r.CommentBy(found.ID), number, act == "settle"); err != nil {
			return respond.Response{}, err
		}
		return respond.Redirect(reviewAddress(r, found.ID) + "#" + link.CommentID(number)), nil
	case "drop":
		return h.deleteComment(r, found.Submission, number)
	}
	return respond.Response{}, respond.ErrNoSuchPage
}

// deleteComment deletes a comment, and puts its text back into its box, so that it is
// not lost.
func (h *Handlers) deleteComment(r *respond.Request, found submission.Submission, number int64) (respond.Response, error) {
	comments, err := h.Submissions.Comments(r.Context(), found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	err = h.Submissions.DropComment(r.Context(), r.CommentBy(found.ID), number)
	if errors.Is(err, store.ErrNotFound) { // the button was pressed twice
		return respond.Redirect(reviewAddress(r, found.ID)), nil
	}
	if err != nil {
		return respond.Response{}, err
	}
	at := slices.IndexFunc(comments, func(c submission.Comment) bool { return c.ID == number })
	if at < 0 { // it was written this very moment
		return respond.Redirect(reviewAddress(r, found.ID)), nil
	}
	box := comments[at].Box()
	if err := h.moveDraft(r, found.ID, box, store.CommentDraft{Box: box, Text: comments[at].Text, Key: strconv.FormatInt(number, 10)}); err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.dropped", reviewAddress(r, found.ID)+"#"+page.CommentForm{Box: box}.Anchor())
}
