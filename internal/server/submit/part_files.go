package submit

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// ShowFiles is the form of a part with files.
func (h *FileHandlers) ShowFiles(part submission.Part) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		w, err := h.work(r)
		if err != nil {
			return respond.Response{}, err
		}
		if !w.Allows(submission.Save, r.Viewer()) {
			return respond.Response{Redirect: link.Submission(r.Tag(), w.ID)}, nil
		}
		f, err := h.filling(r, w, part)
		f.Files.Rows = w.Content.FilesOf(part)
		return respond.Response{Page: page.NewPart(r.Locale, f).View()}, err
	}
}

// SaveFiles keeps a part with files as it was typed, and takes in the files that
// came with it. Whatever is wrong with some of it, the rest is kept.
func (h *FileHandlers) SaveFiles(part submission.Part) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		w, err := h.work(r)
		if err == nil && !w.Allows(submission.Save, r.Viewer()) {
			err = submission.ErrState
		}
		if err != nil {
			return respond.Response{}, err
		}
		u := handed{part: part, room: submission.MaxFiles - len(w.Content.Pictures) - len(w.Content.Files)}
		if err := h.receive(r, &u); err != nil {
			return respond.Response{}, err
		}
		if err := h.putBack(r, &u, w.ID); err != nil {
			return respond.Response{}, err
		}
		before := w.Content
		kept, o, err := h.keepHanded(r, w.Submission, u)
		if err != nil {
			return respond.Response{}, err
		}
		w.Submission, u.refused = kept, append(u.refused, o.refused...)
		return h.afterHanding(r, w, u, o.removedFrom(before, r.PostForm))
	}
}

// outcome is what became of a form with files.
type outcome struct {
	found    []submission.Problem // why what was typed could not be kept
	conflict bool                 // another person has written something else meanwhile
	refused  []page.Refused       // for which there is no place
	removed  *practice.Attachment
}

// removedFrom remembers what was taken away, with its words, so that it can be
// put back.
func (o outcome) removedFrom(before submission.Content, form url.Values) outcome {
	for _, a := range slices.Concat(before.Pictures, before.Files) {
		if a.Hash == form.Get("remove") {
			captioned(&a, form)
			o.removed = &a
		}
	}
	return o
}

// keepHanded puts what was handed in into the text as it is now, and again when
// someone else was faster.
func (h *FileHandlers) keepHanded(r *respond.Request, now submission.Submission, u handed) (submission.Submission, outcome, error) {
	form := r.PostForm
	for range saveTries {
		var o outcome
		content, refused := u.into(now.Content, form)
		o.refused = refused
		o.found = slices.DeleteFunc(content.Sizes(), func(p submission.Problem) bool { return p.Part != u.part })
		o.conflict = form.Get("seen") != now.Content.Digest(u.part) && u.differs(now.Content, form)
		if len(o.found) > 0 || o.conflict {
			content, _ = u.into(now.Content, url.Values{"remove": form["remove"]})
		}
		if content.Digest(u.part) == now.Content.Digest(u.part) {
			return now, o, nil
		}
		kept, err := h.Submissions.Advance(r.Context(), now.ID, now.Version,
			submission.Step{Action: submission.Save, By: r.Viewer(), At: h.Now(), Content: content})
		if !errors.Is(err, submission.ErrConflict) {
			return kept, o, err
		}
		if now, err = h.Submissions.Find(r.Context(), now.ID); err != nil {
			return now, o, err
		}
	}
	return now, outcome{}, submission.ErrConflict
}

// into is the content with what was handed in, and which files found no place:
// words as they were typed, one file less, others more. A form without words
// leaves them as they are.
func (u handed) into(c submission.Content, form url.Values) (submission.Content, []page.Refused) {
	there := c.FilesOf(u.part)
	others := len(c.Pictures) + len(c.Files) - len(there)
	rows := slices.DeleteFunc(slices.Clone(there), func(a practice.Attachment) bool { return a.Hash == form.Get("remove") })
	var refused []page.Refused
	for _, a := range u.files {
		switch {
		case slices.ContainsFunc(rows, func(b practice.Attachment) bool { return a.Hash == b.Hash }):
			refused = append(refused, page.Refused{Name: a.called, Why: twice})
		case others+len(rows) >= submission.MaxFiles:
			refused = append(refused, page.Refused{Name: a.called, Why: noRoom})
		default:
			rows = append(rows, a.Attachment)
		}
	}
	for i := range rows {
		captioned(&rows[i], form)
	}
	return u.with(c, rows, form), refused
}

// with is the content with these files, and with what else was typed.
func (u handed) with(c submission.Content, rows []practice.Attachment, form url.Values) submission.Content {
	c = c.WithFiles(u.part, rows)
	if u.part.IsText() && form.Has("text") {
		c = c.WithText(u.part, submission.Tidy(form.Get("text")))
	}
	if form.Has("seen") {
		c = c.WithCompleted(u.part, form.Has("completed"))
	}
	return c
}

// captioned takes over what was typed about a file.
func captioned(a *practice.Attachment, form url.Values) {
	for field, text := range map[string]*string{submission.AltField(a.Hash): &a.Alt,
		submission.CreditField(a.Hash): &a.Credit, submission.NameField(a.Hash): &a.Name} {
		if form.Has(field) {
			*text = submission.OneLine(form.Get(field))
		}
	}
}

// differs reports whether something else was typed than what is there.
func (u handed) differs(c submission.Content, form url.Values) bool {
	u.files = nil
	mine, _ := u.into(c, form)
	theirs, _ := u.into(c, url.Values{"remove": form["remove"]})
	return mine.WithCompleted(u.part, c.Is(u.part)).Digest(u.part) != theirs.Digest(u.part)
}

// putBack finds the file that was taken away and is to come back, if there is
// one. Only what this very submission has had can.
func (h *FileHandlers) putBack(r *respond.Request, u *handed, id submission.ID) error {
	hash := r.PostForm.Get("restore")
	if hash == "" {
		return nil
	}
	list, err := h.Submissions.WithFile(r.Context(), hash)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(one submission.Submission) bool { return one.ID == id }) {
		return store.ErrNotFound
	}
	a, _, err := h.Files.Find(r.Context(), hash)
	if err == nil && a.IsPicture() != (u.part == submission.Pictures) {
		err = store.ErrNotFound
	}
	a.Name = "" // the one that it had here comes with the form
	u.files = append(u.files, arrived{Attachment: a, called: r.Locale.T("file.removed_one")})
	return err
}

// afterHanding shows what became of a form with files, or leads on.
func (h *FileHandlers) afterHanding(r *respond.Request, w page.Work, u handed, o outcome) (respond.Response, error) {
	wrong := o.conflict || len(o.found) > 0
	switch form := r.PostForm; {
	case r.IsFetch() && o.conflict:
		return answerScript(r, http.StatusConflict, saving{})
	case r.IsFetch():
		return saved(r, w.Submission, u.part, o.found)
	case wrong || len(u.refused) > 0 || o.removed != nil:
		return h.handAgain(r, w, u, o)
	case form.Get("act") == "upload", form.Has("restore"), u.part == submission.Pictures && len(u.files) > 0:
		path := link.Part(r.Tag(), w.ID, u.part)
		if form.Get(link.ReturnParameter) == link.ToCheck {
			path = link.Returning(r.Tag(), w.ID, u.part)
		}
		if len(u.files) == 0 {
			return respond.Response{Redirect: path}, nil
		}
		return r.Done("done.handed-in", path)
	}
	return respond.Response{Redirect: h.afterSaving(r, w.Submission, u.part)}, nil
}

// handAgain is the form once more, with all that was typed where it could not
// be kept, and what is to be said about it.
func (h *FileHandlers) handAgain(r *respond.Request, w page.Work, u handed, o outcome) (respond.Response, error) {
	f, err := h.filling(r, w, u.part)
	if err != nil {
		return respond.Response{}, err
	}
	f.Conflict = o.conflict
	f.Files = page.PartFiles{Rows: slices.Clone(w.Content.FilesOf(u.part)), Refused: u.refused, Removed: o.removed}
	status := http.StatusOK
	if o.conflict || len(o.found) > 0 {
		f.Found = o.found
		f.Form = submission.ParsePartForm(r.PostForm)
		for i := range f.Files.Rows {
			captioned(&f.Files.Rows[i], r.PostForm)
		}
	}
	switch {
	case o.conflict:
		status = http.StatusConflict
	case len(o.found) > 0 || len(u.refused) > 0:
		status = http.StatusUnprocessableEntity
	}
	return respond.Response{Page: page.NewPart(r.Locale, f).View(), Status: status}, nil
}
