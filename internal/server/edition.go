package server

import (
	"bytes"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/page"
)

// maxKept bounds the pages kept, in bytes: about five hundred listings, which is
// more selections than are asked for twice. When they are full all are dropped,
// and those that somebody asks for come back at once.
const maxKept = 4 << 20

// edition is everything that was made from one snapshot of the catalogue and
// serves again: finished pages, and what pages have in common. The next
// snapshot begins a new one, so that nothing outlives what it shows.
type edition struct {
	index   *catalogue.Index
	begun   time.Time
	tongues map[*locale.Locale]*tongue

	mu    sync.RWMutex
	pages map[string]kept // by address
	size  int             // of the pages, in bytes
}

// tongue is the edition in one language.
type tongue struct {
	tag   []string // as the value of the header ETag
	panel func() *page.Panel
	cards *page.Cards
}

// kept is a finished, compressed page and the values of its headers.
type kept struct {
	page        []byte
	tag, length []string
}

// edition is what a viewer is to be shown: for somebody who has signed in always
// the catalogue as it is now. Strangers may get one of a moment ago, for while
// practices change several times a second everything would have to be made anew
// for each of them.
func (s *Server) edition(viewer account.Viewer) *edition {
	x := s.Catalogue.Index()
	for {
		now := s.current.Load()
		if now != nil && (now.index == x || viewer.Stranger() && time.Since(now.begun) < s.Linger) {
			return now
		}
		if next := s.newEdition(x); s.current.CompareAndSwap(now, next) {
			return next
		}
	}
}

func (s *Server) newEdition(x *catalogue.Index) *edition {
	e := &edition{index: x, begun: time.Now(), tongues: map[*locale.Locale]*tongue{}, pages: map[string]kept{}}
	for _, l := range locale.All() {
		e.tongues[l] = &tongue{
			tag:   []string{s.entityTag(l, x)},
			panel: sync.OnceValue(func() *page.Panel { return page.NewPanel(l, allCounts(l, x)) }),
			cards: page.NewCards(l, x.Today()),
		}
	}
	return e
}

// allCounts are the values of every facet in the whole catalogue.
func allCounts(l *locale.Locale, x *catalogue.Index) catalogue.Counts {
	return x.Find(catalogue.Parse(nil), catalogue.Hits{}, page.Reader(l)).Counts
}

// find returns the page of an address; its page is nil when it is not kept.
func (e *edition) find(address string) kept {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.pages[address]
}

// keep remembers the page of an address.
func (e *edition) keep(address string, k kept) kept {
	k.length = []string{strconv.Itoa(len(k.page))}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.size+len(k.page) > maxKept {
		e.pages, e.size = map[string]kept{}, 0
	}
	e.pages[address] = k
	e.size += len(k.page)
	return k
}

// again sends pages that are kept, before anything else is found out about the
// request: that makes them as cheap as any bytes from memory.
func (s *Server) again(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, none := r.Cookie(s.sessions.Cookie.Name)
		if !onlyReads(r) || none == nil || !acceptsGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		k := s.edition(account.Viewer{}).find(r.RequestURI)
		if k.page == nil {
			next.ServeHTTP(w, r)
			return
		}
		w.Header()["Vary"] = varyEncoding
		if !unchanged(w, r, k.tag) {
			k.send(w)
		}
	})
}

// pageLevel is how hard pages are compressed. A listing of 41 kB becomes 8.3 kB
// at level 1; level 5 saves 8 % of that for nearly twice the work, and making a
// page that is not kept is mostly this work.
const pageLevel = 1

var zips = sync.Pool{New: func() any {
	zip, err := gzip.NewWriterLevel(nil, pageLevel)
	if err != nil {
		panic(err) // the level stands right here
	}
	return zip
}}

// compress writes a page compressed.
func compress(out *bytes.Buffer, page []byte) {
	zip := zips.Get().(*gzip.Writer)
	defer zips.Put(zip)
	zip.Reset(out)
	zip.Write(page)
	zip.Close()
}
