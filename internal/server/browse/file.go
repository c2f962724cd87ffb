package browse

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
)

// fileTimeout is how long sending a file may take: ten megabytes at half a megabit
// per second.
const fileTimeout = 3 * time.Minute

// ShowFile sends an uploaded file, a picture in a size. For viewers
// who may not see it, it does not exist.
func (h *Handlers) ShowFile(size practice.PictureSize) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		a, public, err := h.visibleFile(r, r.Param("hash"))
		if err != nil {
			return respond.Response{}, err
		}
		if !a.IsPicture() && size.Side > 0 {
			return respond.Response{}, respond.ErrNoSuchPage
		}
		file, err := h.Content.Open(r.Context(), a.Hash, size)
		if errors.Is(err, fs.ErrNotExist) {
			return respond.Response{}, respond.ErrNoSuchPage
		}
		if err != nil {
			return respond.Response{}, err
		}
		defer file.Close()
		describeFile(r.Writer.Header(), a, public)
		respond.Extend(r.Writer, fileTimeout)
		watched := &watchedFile{Content: file}
		http.ServeContent(r.Writer, r.Request, "", time.Time{}, watched)
		if watched.failure != nil && r.Context().Err() == nil {
			h.Log.Warn("a file broke off in the middle of its response", "request", r.Writer.Header().Get(respond.RequestID), "error", watched.failure)
		}
		return respond.Response{Written: true}, nil
	}
}

// watchedFile keeps why a file could not be read on, which the reader is not told: the
// response has begun, and ends too early.
type watchedFile struct {
	attachment.Content
	failure error
}

// Read reads on.
func (f *watchedFile) Read(p []byte) (int, error) {
	n, err := f.Content.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.failure = err
	}
	return n, err
}

// visibleFile finds the file with a hash if the viewer may see it. It is public
// while a live practice shows it; else it is visible to those who may read a
// submission with it.
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

// describeFile sets the headers of a file. Documents are downloaded, so that none
// runs in the origin of this site; the sandbox is for one that is opened anyway.
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
