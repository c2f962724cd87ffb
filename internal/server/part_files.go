package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page"
)

// showFiles is the form of a part with files.
func (s *Server) showFiles(part submission.Part) handler {
	return func(v *visit) (answer, error) {
		w, err := s.work(v)
		if err != nil {
			return answer{}, err
		}
		if !w.Allows(submission.Save, v.viewer()) {
			return answer{goTo: link.Submission(v.l.Tag(), w.ID)}, nil
		}
		f, err := s.filling(v, w, part)
		f.Files.Rows = w.Content.FilesOf(part)
		return answer{view: page.NewPart(v.l, f).View()}, err
	}
}

// saveFiles keeps a part with files as it was typed, and takes in the files that
// came with it. Whatever is wrong with some of it, the rest is kept.
func (s *Server) saveFiles(part submission.Part) handler {
	return func(v *visit) (answer, error) {
		w, err := s.work(v)
		if err == nil && !w.Allows(submission.Save, v.viewer()) {
			err = submission.ErrState
		}
		if err != nil {
			return answer{}, err
		}
		h := handed{part: part, room: submission.MaxFiles - len(w.Content.Pictures) - len(w.Content.Files)}
		if err := s.receive(v, &h); err != nil {
			return answer{}, err
		}
		if err := s.putBack(v, &h, w.ID); err != nil {
			return answer{}, err
		}
		before := w.Content
		kept, o, err := s.keepHanded(v, w.Submission, h)
		if err != nil {
			return answer{}, err
		}
		w.Submission, h.refused = kept, append(h.refused, o.refused...)
		return s.afterHanding(v, w, h, o.removedFrom(before, v.r.PostForm))
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
func (s *Server) keepHanded(v *visit, now submission.Submission, h handed) (submission.Submission, outcome, error) {
	form := v.r.PostForm
	for range saveTries {
		var o outcome
		content, refused := h.into(now.Content, form)
		o.refused = refused
		o.found = slices.DeleteFunc(content.Sizes(), func(p submission.Problem) bool { return p.Part != h.part })
		o.conflict = form.Get("seen") != now.Content.Digest(h.part) && h.differs(now.Content, form)
		if len(o.found) > 0 || o.conflict {
			content, _ = h.into(now.Content, url.Values{"remove": form["remove"]})
		}
		if content.Digest(h.part) == now.Content.Digest(h.part) {
			return now, o, nil
		}
		kept, err := s.Store.Submissions.Advance(v.r.Context(), now.ID, now.Version,
			submission.Step{Action: submission.Save, By: v.viewer(), At: s.Now(), Content: content})
		if !errors.Is(err, submission.ErrConflict) {
			return kept, o, err
		}
		if now, err = s.Store.Submissions.Find(v.r.Context(), now.ID); err != nil {
			return now, o, err
		}
	}
	return now, outcome{}, submission.ErrConflict
}

// into is the content with what was handed in, and which files found no place:
// words as they were typed, one file less, others more. A form without words
// leaves them as they are.
func (h handed) into(c submission.Content, form url.Values) (submission.Content, []page.Refused) {
	there := c.FilesOf(h.part)
	others := len(c.Pictures) + len(c.Files) - len(there)
	rows := slices.DeleteFunc(slices.Clone(there), func(a practice.Attachment) bool { return a.Hash == form.Get("remove") })
	var refused []page.Refused
	for _, a := range h.files {
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
	return h.with(c, rows, form), refused
}

// with is the content with these files, and with what else was typed.
func (h handed) with(c submission.Content, rows []practice.Attachment, form url.Values) submission.Content {
	c = c.WithFiles(h.part, rows)
	if h.part.IsText() && form.Has("text") {
		c = c.WithText(h.part, submission.Tidy(form.Get("text")))
	}
	if form.Has("seen") {
		c = c.WithCompleted(h.part, form.Has("completed"))
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
func (h handed) differs(c submission.Content, form url.Values) bool {
	h.files = nil
	mine, _ := h.into(c, form)
	theirs, _ := h.into(c, url.Values{"remove": form["remove"]})
	return mine.WithCompleted(h.part, c.Is(h.part)).Digest(h.part) != theirs.Digest(h.part)
}

// putBack finds the file that was taken away and is to come back, if there is
// one. Only what this very submission has had can.
func (s *Server) putBack(v *visit, h *handed, id submission.ID) error {
	hash := v.r.PostForm.Get("restore")
	if hash == "" {
		return nil
	}
	list, err := s.Store.Submissions.WithFile(v.r.Context(), hash)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(one submission.Submission) bool { return one.ID == id }) {
		return store.ErrNotFound
	}
	a, _, err := s.Store.Files.Find(v.r.Context(), hash)
	if err == nil && a.IsPicture() != (h.part == submission.Pictures) {
		err = store.ErrNotFound
	}
	a.Name = "" // the one that it had here comes with the form
	h.files = append(h.files, arrived{Attachment: a, called: v.l.T("file.removed_one")})
	return err
}

// afterHanding shows what became of a form with files, or leads on.
func (s *Server) afterHanding(v *visit, w page.Work, h handed, o outcome) (answer, error) {
	wrong := o.conflict || len(o.found) > 0
	switch form := v.r.PostForm; {
	case isFetch(v.r) && o.conflict:
		return v.data(http.StatusConflict, saving{})
	case isFetch(v.r):
		return saved(v, w.Submission, h.part, o.found)
	case wrong || len(h.refused) > 0 || o.removed != nil:
		return s.handAgain(v, w, h, o)
	case form.Get("act") == "upload", form.Has("restore"), h.part == submission.Pictures && len(h.files) > 0:
		path := link.Part(v.l.Tag(), w.ID, h.part)
		if form.Get(link.ReturnParameter) == link.ToCheck {
			path = link.Returning(v.l.Tag(), w.ID, h.part)
		}
		if len(h.files) == 0 {
			return answer{goTo: path}, nil
		}
		return s.done(v, "done.handed-in", path)
	}
	return answer{goTo: s.afterSaving(v, w.Submission, h.part)}, nil
}

// handAgain is the form once more, with all that was typed where it could not
// be kept, and what is to be said about it.
func (s *Server) handAgain(v *visit, w page.Work, h handed, o outcome) (answer, error) {
	f, err := s.filling(v, w, h.part)
	if err != nil {
		return answer{}, err
	}
	f.Conflict = o.conflict
	f.Files = page.PartFiles{Rows: slices.Clone(w.Content.FilesOf(h.part)), Refused: h.refused, Removed: o.removed}
	status := http.StatusOK
	if o.conflict || len(o.found) > 0 {
		f.Found = o.found
		f.Form = submission.ParsePartForm(v.r.PostForm)
		for i := range f.Files.Rows {
			captioned(&f.Files.Rows[i], v.r.PostForm)
		}
	}
	switch {
	case o.conflict:
		status = http.StatusConflict
	case len(o.found) > 0 || len(h.refused) > 0:
		status = http.StatusUnprocessableEntity
	}
	return answer{view: page.NewPart(v.l, f).View(), status: status}, nil
}
