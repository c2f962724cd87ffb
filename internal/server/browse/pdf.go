package browse

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"exempla/internal/attachment"
	"exempla/internal/cache"
	"exempla/internal/link"
	"exempla/internal/pdf"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

const (
	pdfType = "application/pdf"
	// maxPDFs bounds the documents that are kept, in bytes: some four hundred.
	maxPDFs = 8 << 20
)

// contentKey is what a file says, so that it is made again only when that has changed.
type contentKey [sha256.Size]byte

// made returns the file of what is said as a cache has it, or makes it.
func made[T any](files *cache.Bounded[contentKey, []byte], said T, write func(T) []byte) ([]byte, error) {
	key, err := json.Marshal(said)
	if err != nil {
		return nil, err
	}
	return files.Of(sha256.Sum256(key), func() ([]byte, int) {
		content := write(said)
		return content, len(content)
	}), nil
}

// PrintPractice sends a practice as a document, with the text in the language that the
// query names.
func (h *Handlers) PrintPractice(r *respond.Request) (respond.Response, error) {
	language := practice.Language(r.URL.Query().Get(link.TextParameter))
	if !language.Known() {
		language = ""
	}
	found, instead, err := h.public(r, func(slug string) string { return link.PDF(r.Tag(), slug, "") })
	if err != nil || instead != nil {
		return or(instead), err
	}
	name := found.Slug + ".pdf"
	r.Writer.Header().Set("X-Robots-Tag", "noindex") // search engines list the page
	if r.Unchanged() || r.Method == http.MethodHead {
		return r.SendFile(pdfType, name, nil)
	}
	in := page.PracticeInput{Practice: found, Language: language, Today: r.Index.Today()}
	var away error // one that is made without its pictures is not sent, for it may be kept for years
	said := page.NewPractice(r.Locale, r.Frame, in).PDF(r.Locale, func(hash string) (picture []byte, err error) {
		if away == nil {
			picture, err = h.smallPicture(r, hash)
		}
		if errors.Is(err, attachment.ErrAway) {
			away = err
		}
		return picture, cmp.Or(away, err)
	})
	if away != nil {
		return respond.Response{}, away
	}
	content, err := made(&h.pdfs, said, pdf.Write)
	if err != nil {
		return respond.Response{}, err
	}
	return r.SendFile(pdfType, name, content)
}

// smallPicture reads the small size of a picture.
func (h *Handlers) smallPicture(r *respond.Request, hash string) ([]byte, error) {
	file, err := h.Content.Open(r.Context(), hash, practice.SmallPicture)
	if err != nil {
		h.Log.Warn("a picture is missing in a document", "hash", hash, "error", err)
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// writeBooklet writes a list to print, from memory alone.
func (e exporting) writeBooklet(out io.Writer) error {
	in := page.BookletInput{Title: e.title, Path: e.path, Selection: e.selection, Total: len(e.numbers), Site: e.Frame.Site, Today: e.Index.Today()}
	for _, number := range e.numbers[:min(len(e.numbers), page.BookletPractices)] {
		if p, ok := e.Index.Practice(number); ok {
			in.Practices = append(in.Practices, p)
		}
	}
	_, err := out.Write(pdf.Write(page.Booklet(e.Locale, in)))
	return err
}
