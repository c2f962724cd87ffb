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

// ShowFiles shows the form of a part with files.
func (h *FileHandlers) ShowFiles(part submission.Part) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, err := h.written(r)
		if err != nil {
			return respond.Response{}, err
		}
		if in.Writing == "" {
			return respond.Redirect(link.WorkplaceOf(r.Tag(), in.Submission, r.Viewer())), nil
		}
		form, err := h.partInput(r, in, part)
		form.Files.Rows = in.Content.FilesOf(part)
		return respond.Show(page.NewPart(r.Locale, r.Frame, form).View()), err
	}
}

// SaveFiles stores a part with files as it was typed, and the files that came
// with it. Whatever is wrong with some of it, the rest is stored.
func (h *FileHandlers) SaveFiles(part submission.Part) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, err := h.written(r)
		if err == nil && in.Writing == "" {
			err = submission.ErrState
		}
		if err != nil {
			return respond.Response{}, err
		}
		upload := partUpload{part: part, most: in.Limits.MostFiles(), capacity: in.Limits.MostFiles() - len(in.Content.Pictures) - len(in.Content.Files)}
		if err := h.readUpload(r, &upload); err != nil {
			return respond.Response{}, err
		}
		if err := h.restoreFile(r, &upload, in.ID); err != nil {
			return respond.Response{}, err
		}
		drafts, err := h.keepDrafts(r, in)
		if err != nil {
			return respond.Response{}, err
		}
		stored, result, err := h.storeUpload(r, in.Submission, upload)
		if err != nil {
			return respond.Response{}, err
		}
		result.removed = removedFile(in.Content, r.PostForm)
		result.rejected = append(upload.rejected, result.rejected...)
		in.Submission, result.before = stored, in.Submission
		result.drafts = drafts
		return h.answerUpload(r, in, upload, result)
	}
}

// uploadResult is what became of a form with files.
type uploadResult struct {
	invalid  []submission.Problem // why the texts could not be stored
	conflict bool                 // another person has saved different texts since the form was made
	rejected []page.RejectedFile
	removed  *practice.Attachment // with its captions, so that it can be restored
	drafts   []store.CommentDraft // in the boxes for answers
	before   submission.Submission
}

// hasUnsavedText reports whether what was typed could not be stored.
func (result uploadResult) hasUnsavedText() bool { return result.conflict || len(result.invalid) > 0 }

// removedFile is the file that the form removes, with its captions as typed; nil
// for none.
func removedFile(before submission.Content, form url.Values) *practice.Attachment {
	for _, a := range slices.Concat(before.Pictures, before.Files) {
		if a.Hash == form.Get("remove") {
			setCaptions(&a, form)
			return &a
		}
	}
	return nil
}

// storeUpload puts the files and texts of a form into the current text, and tries
// again if another part was saved in the meantime.
func (h *FileHandlers) storeUpload(r *respond.Request, now submission.Submission, upload partUpload) (submission.Submission, uploadResult, error) {
	form := r.PostForm
	part := upload.part
	for range maxSaves {
		var result uploadResult
		content, rejected := upload.applyTo(now.Content, form)
		result.rejected = rejected
		step := h.write(r, now, content)
		result.invalid = content.Sizes()
		if step.Action == submission.Correct {
			result.invalid = submission.Spoils(now, content)
		}
		result.invalid = slices.DeleteFunc(result.invalid, func(p submission.Problem) bool { return p.Part != part })
		result.conflict = form.Get("seen") != now.Content.Digest(part) && upload.changesText(now.Content, form)
		if result.hasUnsavedText() {
			step.Content, _ = upload.applyTo(now.Content, buttons(form))
		}
		if step.Content.Digest(part) == now.Content.Digest(part) {
			return now, result, nil
		}
		stored, err := h.Submissions.Advance(r.Context(), now.ID, now.Version, step)
		if !errors.Is(err, submission.ErrConflict) {
			return stored, result, err
		}
		if now, err = respond.FindSubmission(r, h.Submissions, now.ID); err != nil {
			return now, result, err
		}
	}
	return now, uploadResult{}, submission.ErrConflict
}

// applyTo is the content with the files and texts of the form, and the files for
// which there was no room. Texts that the form does not have stay as they are.
func (upload partUpload) applyTo(c submission.Content, form url.Values) (submission.Content, []page.RejectedFile) {
	present := c.FilesOf(upload.part)
	others := len(c.Pictures) + len(c.Files) - len(present)
	rows := slices.DeleteFunc(slices.Clone(present), func(a practice.Attachment) bool { return a.Hash == form.Get("remove") })
	var rejected []page.RejectedFile
	for _, file := range upload.files {
		switch {
		case slices.ContainsFunc(rows, func(a practice.Attachment) bool { return a.Hash == file.Hash }):
			rejected = append(rejected, page.RejectedFile{Name: file.clientName, Reason: duplicate})
		case others+len(rows) >= upload.most:
			rejected = append(rejected, page.RejectedFile{Name: file.clientName, Reason: noRoom})
		default:
			rows = append(rows, file.Attachment)
		}
	}
	for i := range rows {
		setCaptions(&rows[i], form)
	}
	move(rows, form)
	c = c.WithFiles(upload.part, rows)
	if upload.part.IsText() && form.Has("text") {
		c = c.WithText(upload.part, submission.Tidy(form.Get("text")))
	}
	if form.Has("seen") {
		c = c.WithCompleted(upload.part, form.Has("completed"))
	}
	return c, rejected
}

// buttons are what the button of a form does with the files, whatever becomes of its
// texts.
func buttons(form url.Values) url.Values {
	return url.Values{"remove": form["remove"], page.UpField: form[page.UpField], page.DownField: form[page.DownField]}
}

// move changes the place of the file that the form moves up or down, if any.
func move(rows []practice.Attachment, form url.Values) {
	for field, step := range map[string]int{page.UpField: -1, page.DownField: 1} {
		from := slices.IndexFunc(rows, func(a practice.Attachment) bool { return a.Hash == form.Get(field) })
		if to := from + step; from >= 0 && to >= 0 && to < len(rows) {
			rows[from], rows[to] = rows[to], rows[from]
		}
	}
}

// setCaptions copies the captions of a file from the form, as far as it has them.
func setCaptions(a *practice.Attachment, form url.Values) {
	for field, text := range map[string]*string{submission.AltField(a.Hash): &a.Alt,
		submission.CreditField(a.Hash): &a.Credit, submission.NameField(a.Hash): &a.Name} {
		if form.Has(field) {
			*text = submission.OneLine(form.Get(field))
		}
	}
}

// changesText reports whether the texts of the form differ from the stored ones.
func (upload partUpload) changesText(c submission.Content, form url.Values) bool {
	upload.files = nil
	typed, _ := upload.applyTo(c, form)
	stored, _ := upload.applyTo(c, buttons(form))
	return typed.WithCompleted(upload.part, c.Is(upload.part)).Digest(upload.part) != stored.Digest(upload.part)
}

// restoreFile adds the file that the form restores, if any. Only files that this
// very submission has had can be restored, or a known hash would open any file.
func (h *FileHandlers) restoreFile(r *respond.Request, upload *partUpload, id submission.ID) error {
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
	if err == nil && a.IsPicture() != (upload.part == submission.Pictures) {
		err = store.ErrNotFound
	}
	a.Name = "" // the form has the name that it had here
	upload.files = append(upload.files, uploadedFile{Attachment: a, clientName: r.Locale.T("file.removed_one")})
	return err
}

// answerUpload shows what became of a form with files, or leads on.
func (h *FileHandlers) answerUpload(r *respond.Request, in page.SubmissionInput, upload partUpload, result uploadResult) (respond.Response, error) {
	switch form := r.PostForm; {
	case r.IsFetch() && result.conflict:
		return respond.Saved(r, http.StatusConflict, respond.Autosave{})
	case r.IsFetch():
		h.notePresence(r, in.ID, upload.part) // who writes is still there
		return answerAutosave(r, in.Submission, upload.part, result.invalid)
	case result.hasUnsavedText() || len(result.rejected) > 0 || result.removed != nil:
		return h.showUpload(r, in, upload.part, result)
	case form.Get("act") == "upload", form.Has("restore"), upload.part == submission.Pictures && len(upload.files) > 0:
		path := partAddress(r, in.ID, upload.part)
		if len(upload.files) == 0 {
			return respond.Redirect(path), nil
		}
		return r.Done("done.handed-in", path)
	}
	if button := page.MovedButton(in.Content.FilesOf(upload.part), r.PostForm); button != "" {
		return respond.Redirect(partAddress(r, in.ID, upload.part) + "#" + button), nil
	}
	if in.Writing == submission.Correct {
		return corrected(r, result.before, in.Submission, upload.part)
	}
	return h.goOn(r, in, upload.part, result.drafts)
}

// showUpload shows the form again with its result, and with everything typed
// that could not be stored.
func (h *FileHandlers) showUpload(r *respond.Request, in page.SubmissionInput, part submission.Part, result uploadResult) (respond.Response, error) {
	form, err := h.partInput(r, in, part)
	if err != nil {
		return respond.Response{}, err
	}
	if form.Conflict = result.conflict; form.Conflict {
		form.Saver = h.lastSaver(r, in, part)
	}
	form.Files = page.PartFiles{Rows: slices.Clone(in.Content.FilesOf(part)), Rejected: result.rejected, Removed: result.removed}
	if result.hasUnsavedText() {
		form.Invalid = result.invalid
		form.Form = submission.ParsePartForm(r.PostForm)
		for i := range form.Files.Rows {
			setCaptions(&form.Files.Rows[i], r.PostForm)
		}
	}
	view := page.NewPart(r.Locale, r.Frame, form).View()
	switch {
	case result.conflict:
		return respond.Conflict(view), nil
	case len(result.invalid) > 0 || len(result.rejected) > 0:
		return respond.Invalid(view), nil
	}
	return respond.Show(view), nil
}
