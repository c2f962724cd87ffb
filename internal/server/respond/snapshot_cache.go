package respond

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
)

// maxKept bounds the pages kept, in bytes: about five hundred listings, which is
// more selections than are asked for twice. When they are full all are dropped;
// those still in demand come back at once.
const maxKept = 4 << 20

// snapshotCache is everything that was made from one snapshot of the catalogue
// and serves again: finished pages, and what pages have in common. The next
// snapshot begins a new cache, so that nothing outlives what it shows.
type snapshotCache struct {
	index  *catalogue.Index
	begun  time.Time
	tags   map[*locale.Locale][]string // value of the header ETag
	values sync.Map                    // of PerSnapshot, by valueKey

	mu    sync.RWMutex
	pages map[string]keptPage // by address
	size  int                 // of the pages, in bytes
}

// keptPage is a finished, compressed page and the values of its headers.
type keptPage struct {
	content     []byte
	tag, length []string
}

// snapshot is the cache from which a viewer is answered. Who has signed in
// always gets the latest. Strangers may get one of a moment ago: while practices
// change several times a second, everything would have to be made anew for each
// of them.
func (s *Responder) snapshot(viewer account.Viewer) *snapshotCache {
	x := s.Catalogue.Index()
	for {
		now := s.current.Load()
		if now != nil && (now.index == x || viewer.Stranger() && time.Since(now.begun) < s.Linger) {
			return now
		}
		if next := s.newSnapshotCache(x); s.current.CompareAndSwap(now, next) {
			return next
		}
	}
}

func (s *Responder) newSnapshotCache(x *catalogue.Index) *snapshotCache {
	c := &snapshotCache{index: x, begun: time.Now(), tags: map[*locale.Locale][]string{}, pages: map[string]keptPage{}}
	for _, l := range locale.All() {
		c.tags[l] = []string{s.entityTag(l, x)}
	}
	return c
}

// entityTag names the state that pages in a language are made from: the
// program, the language, the catalogue, and the day, on which it depends what
// is still running.
func (s *Responder) entityTag(l *locale.Locale, x *catalogue.Index) string {
	return `W/"` + s.Build + "-" + l.Tag() + "-" + strconv.FormatInt(x.Change(), 36) + "-" + x.Today().Format("20060102") + `"`
}

// find returns the page kept for an address; its content is nil if there is none.
func (c *snapshotCache) find(address string) keptPage {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.pages[address]
}

// keep remembers the page of an address.
func (c *snapshotCache) keep(address string, p keptPage) keptPage {
	p.length = []string{strconv.Itoa(len(p.content))}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size+len(p.content) > maxKept {
		c.pages, c.size = map[string]keptPage{}, 0
	}
	c.pages[address] = p
	c.size += len(p.content)
	return p
}

// send responds with the page.
func (p keptPage) send(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Encoding"], h["Content-Type"], h["Content-Length"] = gzipped, htmlType, p.length
	w.Write(p.content)
}

// FromCache sends pages that are kept, before anything else is found out about
// the request: that makes them as cheap as any bytes from memory.
func (s *Responder) FromCache(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, none := r.Cookie(s.sessions.Cookie.Name)
		if !onlyReads(r) || none == nil || !AcceptsGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		p := s.snapshot(account.Viewer{}).find(r.RequestURI)
		if p.content == nil {
			next.ServeHTTP(w, r)
			return
		}
		w.Header()["Vary"] = varyEncoding
		if !unchanged(w, r, p.tag) {
			p.send(w)
		}
	})
}

// PerSnapshot makes a value once for each snapshot and language; the value goes
// with its snapshot. It is safe for concurrent use.
type PerSnapshot[T any] struct {
	Make func(*locale.Locale, *catalogue.Index) T
}

// valueKey tells the values of a snapshot apart.
type valueKey struct {
	owner  any // the PerSnapshot
	locale *locale.Locale
}

// For returns the value for the snapshot and language of a request.
func (p *PerSnapshot[T]) For(r *Request) T {
	key := valueKey{p, r.Locale}
	value, ok := r.snapshot.values.Load(key)
	if !ok {
		made := sync.OnceValue(func() T { return p.Make(r.Locale, r.Index) })
		value, _ = r.snapshot.values.LoadOrStore(key, made)
	}
	return value.(func() T)()
}
