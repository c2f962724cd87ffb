package server

import (
	"cmp"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/store"
)

// fileTime is how long sending a file may take: ten megabytes over a line of
// half a megabit.
const fileTime = 3 * time.Minute

// showFile sends a file that somebody has handed in, a picture in one of its
// two sizes. To whom it is not meant for it does not exist.
func (s *Server) showFile(small bool) handler {
	return func(v *visit) (answer, error) {
		a, public, err := s.visibleFile(v, chi.URLParam(v.r, "hash"))
		if err != nil {
			return answer{}, err
		}
		file, err := s.Files.Open(a.Hash, small)
		if errors.Is(err, fs.ErrNotExist) {
			return answer{}, errNoSuchPage
		}
		if err != nil {
			return answer{}, err
		}
		defer file.Close()
		describeFile(v.w.Header(), a, public)
		extend(v.w, fileTime)
		http.ServeContent(v.w, v.r, "", time.Time{}, file)
		return answer{sent: true}, nil
	}
}

// visibleFile is the file with that hash, where the viewer may see it: everybody
// while a live practice shows it, else who may read a submission that names it.
func (s *Server) visibleFile(v *visit, hash string) (practice.Attachment, bool, error) {
	if !attachment.IsHash(hash) {
		return practice.Attachment{}, false, errNoSuchPage
	}
	a, public, err := s.Store.Files.Find(v.r.Context(), hash)
	if err != nil || public {
		return a, public, err
	}
	if v.viewer().Stranger() {
		return a, false, store.ErrNotFound
	}
	list, err := s.Store.Submissions.WithFile(v.r.Context(), hash)
	if err != nil {
		return a, false, err
	}
	for _, found := range list {
		if found.MayRead(v.viewer()) {
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
