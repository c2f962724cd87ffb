package submit

import (
	"net/url"
	"slices"
	"strconv"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
)

// FileField is the field in which files are chosen.
const FileField = "file"

// Fields of the buttons that move a file. The value is its hash.
const (
	UpField   = "up"
	DownField = "down"
)

// moveButton is the id of a button that moves a file.
func moveButton(field, hash string) string { return field + "-" + hash }

// MovedButton is the id of the button that moves the file of a form once more, or back
// where it has arrived; empty where the form moves none. It keeps the focus.
func MovedButton(rows []practice.Attachment, form url.Values) string {
	for _, field := range []string{UpField, DownField} {
		at := slices.IndexFunc(rows, func(a practice.Attachment) bool { return a.Hash == form.Get(field) })
		switch {
		case at < 0:
		case at == 0:
			return moveButton(DownField, rows[at].Hash)
		case at == len(rows)-1:
			return moveButton(UpField, rows[at].Hash)
		default:
			return moveButton(field, rows[at].Hash)
		}
	}
	return ""
}

// maxFileBytes is the limit for the script that refuses larger files before they
// are sent.
var maxFileBytes = strconv.Itoa(practice.MaxFileSize)

// RejectedFile is a file that was not accepted, under the name that it has on
// the sender's machine. It is explained by the message "file.fault.<reason>".
type RejectedFile struct{ Name, Reason string }

// PartFiles is the state of the files of a part.
type PartFiles struct {
	Rows     []practice.Attachment // those that are stored, with their captions as typed
	Rejected []RejectedFile
	Removed  *practice.Attachment // which can be restored; nil for none
}

// addFiles prepares the page for uploads.
func (p *Part) addFiles(l *locale.Locale) {
	p.Meta.Scripts = append(p.Meta.Scripts, "upload.js")
	p.Meta.Styles = []string{"files.css"}
	for _, r := range p.Files.Rejected {
		p.Problems.Add(l, FileField, "file.fault."+r.Reason, "Name", r.Name)
	}
}

// remainingFiles is how many more files the submission may have.
func (p Part) remainingFiles() int {
	return p.Limits.MostFiles() - len(p.Content.Pictures) - len(p.Content.Files)
}

// acceptedTypes are the media types that the browser offers. It is only a hint:
// the server checks what arrives.
func (p Part) acceptedTypes() string {
	if p.Part == submission.Pictures {
		return "image/jpeg,image/png,image/webp"
	}
	return "application/pdf"
}

// fileProblems are the problems of the files that were just sent.
func (p Part) fileProblems() component.Problems {
	return slices.DeleteFunc(slices.Clone(p.Problems), func(one component.Problem) bool { return one.Field != FileField })
}

// altField describes what a picture shows.
func (p Part) altField(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.AltField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.alt"), Hint: l.T("file.alt_hint"), Value: a.Alt, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// creditField names who made a picture.
func (p Part) creditField(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.CreditField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.credit"), Optional: true, Value: a.Credit, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// nameField is the title of a document.
func (p Part) nameField(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.NameField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.name"), Value: a.Name, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// thumbnailSize is the size of a picture's smaller version, as attributes.
func thumbnailSize(a practice.Attachment) (width, height string) {
	w, h := a.In(practice.SmallPicture)
	return strconv.Itoa(w), strconv.Itoa(h)
}
