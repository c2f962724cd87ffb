package submit

import (
	"slices"
	"strconv"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
)

// FileField is the field in which files are chosen.
const FileField = "file"

// MostBytes is the most bytes of a file, in digits, for the script that refuses
// larger ones before they are sent.
var MostBytes = strconv.Itoa(practice.MaxFileSize)

// Refused is a file that was not taken in, under the name that it has on
// the sender's machine. Its words are the message "file.fault.<why>".
type Refused struct{ Name, Why string }

// PartFiles are the files of a part: those that are there, with
// their words as they were typed, and what became of others.
type PartFiles struct {
	Rows    []practice.Attachment
	Refused []Refused
	Removed *practice.Attachment // to be put back
}

// hand prepares a page that takes files.
func (p *Part) hand(l *locale.Locale) {
	p.Meta.Scripts, p.Meta.Styles = append(p.Meta.Scripts, "upload.js"), []string{"files.css"}
	for _, r := range p.Files.Refused {
		p.Problems.Add(l, FileField, "file.fault."+r.Why, "Name", r.Name)
	}
	p.Meta.Problems = len(p.Problems) > 0
}

// room is how many more files the submission may have.
func (p Part) room() int {
	return submission.MaxFiles - len(p.Content.Pictures) - len(p.Content.Files)
}

// kinds are the types that the browser offers to choose from. What is chosen
// all the same is looked at when it comes.
func (p Part) kinds() string {
	if p.Part == submission.Pictures {
		return "image/jpeg,image/png,image/webp"
	}
	return "application/pdf"
}

// refusedFiles are the problems of the files that were just chosen.
func (p Part) refusedFiles() component.Problems {
	return slices.DeleteFunc(slices.Clone(p.Problems), func(one component.Problem) bool { return one.Field != FileField })
}

// alt is the field for what a picture shows.
func (p Part) alt(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.AltField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.alt"), Hint: l.T("file.alt_hint"), Value: a.Alt, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// credit is the field for who made a picture.
func (p Part) credit(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.CreditField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.credit"), Optional: true, Value: a.Credit, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// title is the field for what a document is called.
func (p Part) title(l *locale.Locale, a practice.Attachment) component.Field {
	id := submission.NameField(a.Hash)
	return component.Field{ID: id, Label: l.T("file.name"), Value: a.Name, Problem: p.Problems.At(id), Limit: practice.MaxCaption}
}

// smallSize writes the size of a picture's smaller one as attributes.
func smallSize(a practice.Attachment) (width, height string) {
	w, h := a.Small()
	return strconv.Itoa(w), strconv.Itoa(h)
}
