package component

import (
	"cmp"
	"fmt"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Sizes is the attribute srcset of a picture: the sizes from one on, with their widths.
func Sizes(a practice.Attachment, from practice.PictureSize) string {
	list := ""
	for _, size := range practice.PictureSizes {
		if width, _ := a.In(size); size.Side >= from.Side && width < a.Width {
			list += fmt.Sprintf("%s %dw, ", link.Picture(a.Hash, size), width)
		}
	}
	return list + fmt.Sprintf("%s %dw", link.File(a.Hash), a.Width)
}

// DocumentName is the name of a document, or the word for one without a name.
func DocumentName(l *locale.Locale, a practice.Attachment) string {
	return cmp.Or(a.Name, l.T("file.document"))
}

// kilobyte and megabyte are decimal, as most systems show them.
const (
	kilobyte = 1_000
	megabyte = 1_000_000
)

// FileSize is the type and the size of a file: "PDF, 1.2 MB".
func FileSize(l *locale.Locale, a practice.Attachment) string {
	kind := map[string]string{"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}[a.Type]
	if a.Size < megabyte {
		return l.T("file.kilobytes", "Kind", kind, "Size", l.Number(int((a.Size+kilobyte-1)/kilobyte)))
	}
	return l.T("file.megabytes", "Kind", kind, "Size", l.Tenths(int((a.Size*10+megabyte/2)/megabyte)))
}
