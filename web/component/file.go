package component

import (
	"cmp"
	"fmt"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Sizes lists both sizes of a picture with their widths, for a browser to
// choose from.
func Sizes(a practice.Attachment) string {
	small, _ := a.Small()
	return fmt.Sprintf("%s %dw, %s %dw", link.SmallFile(a.Hash), small, link.File(a.Hash), a.Width)
}

// DocumentName is what a document is called; one without a name is called what
// it is.
func DocumentName(l *locale.Locale, a practice.Attachment) string {
	return cmp.Or(a.Name, l.T("file.document"))
}

// kilobyte and megabyte are in bytes, as the units are defined and as most
// systems show them.
const (
	kilobyte = 1_000
	megabyte = 1_000_000
)

// FileSize says what kind of file it is and how large: "PDF, 1.2 MB".
func FileSize(l *locale.Locale, a practice.Attachment) string {
	kind := map[string]string{"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}[a.Type]
	if a.Size < megabyte {
		return l.T("file.kilobytes", "Kind", kind, "Size", l.Number(int((a.Size+kilobyte-1)/kilobyte)))
	}
	return l.T("file.megabytes", "Kind", kind, "Size", l.Tenths(int((a.Size*10+megabyte/2)/megabyte)))
}
