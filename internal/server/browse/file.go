package browse

import (
	"cmp"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
)

// fileTime is how long sending a file may take: ten megabytes over a line of
// half a megabit.
const fileTime = 3 * time.Minute

// ShowFile sends a file that somebody has handed in, a picture in one of its
// two sizes. To whom it is not meant for it does not exist.
func (h *Handlers) ShowFile(small bool) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, public, err := h.visibleFile(r, r.Param("hash"))
		if err != nil {
			return respond.Response{}, err
		}
		file, err := h.Folder.Open(a.Hash, small)
		if errors.Is(err, fs.ErrNotExist) {
			return respond.Response{}, respond.ErrNoSuchPage
		}
		if err != nil {
			return respond.Response{}, err
		}
		defer file.Close()
		describeFile(r.Writer.Header(), a, public)
		respond.Extend(r.Writer, fileTime)
		http.ServeContent(r.Writer, r.Request, "", time.Time{}, file)
		return respond.Response{Written: true}, nil
	}
}

// visibleFile is the file with that hash, where the viewer may see it: everybody
// while a live practice shows it, else who may read a submission that names it.
func (h *Handlers) visibleFile(r *respond.Request, hash string) (practice.Attachment, bool, error) {
	if !attachment.IsHash(hash) {
		return practice.Attachment{}, false, respond.ErrNoSuchPage
	}
	a, public, err := h.Files.Find(r.Context(), hash)
	if err != nil || public {
		return a, public, err
	}
	if r.Viewer().Stranger() {
		return a, false, store.ErrNotFound
	}
	list, err := h.Submissions.WithFile(r.Context(), hash)
	if err != nil {
		return a, false, err
	}
	for _, found := range list {
		if found.MayRead(r.Viewer()) {
			for _, file := range found.Content.Files {
				if file.Hash == hash {
					a.Name = cmp.Or(a.Name, file.Name)
				}
			}
			return a, false, nil
		}
	}
	return a, false, store.ErrNotFound
}

// describeFile sets the headers of a file. A document is saved, never opened in
// the name of this site; whatever is opened all the same may do nothing.
func describeFile(h http.Header, a practice.Attachment, public bool) {
	h.Set("Content-Type", a.Type)
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("ETag", `"`+a.Hash+`"`)
	h.Set("Cache-Control", "private, no-store")
	if public {
		h.Set("Cache-Control", "public, max-age=31536000, immutable") // its address is its content
	}
	if !a.IsPicture() {
		name := cmp.Or(a.Name, "document") + ".pdf"
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
}
