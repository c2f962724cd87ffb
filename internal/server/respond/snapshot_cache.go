package respond

import (
	"hash/fnv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/theme"
)

// maxKept bounds the cached pages, in bytes: about five hundred listings, which is
// more selections than are asked for twice. A full cache is emptied; pages still
// in demand come back at once.
const maxKept = 4 << 20

// snapshotCache holds what was made from one snapshot of the catalogue: finished
// pages, and values that pages share. The next snapshot gets a new cache, so that
// nothing outlives the data it shows.
type snapshotCache struct {
	index   *catalogue.Index
	created time.Time
	look    *theme.Look
	tags    map[string][]string // by language: value of the header ETag of pages that depend on more than their address
	values  sync.Map            // of PerSnapshot, by valueKey

	mu    sync.RWMutex
	pages map[string]keptPage // by address
	size  int                 // of the pages, in bytes
}

// keptPage is a compressed page and the values of its headers.
type keptPage struct {
	content     []byte
	tag, length []string
	route       string // its pattern in the routing table
}

// snapshot is the cache from which a viewer is answered. People who have signed in
// always get the latest. Strangers may get an earlier one for the time of Linger:
// while practices change several times a second, nothing could be cached otherwise.
func (s *Responder) snapshot(viewer account.Viewer) *snapshotCache {
	x, look := s.Catalogue.Index(), s.Theme.Look()
	for {
		now := s.current.Load()
		if now != nil && now.look == look && (now.index == x || viewer.Stranger() && time.Since(now.created) < s.Linger) {
			return now
		}
		if next := s.newSnapshotCache(x, look); s.current.CompareAndSwap(now, next) {
			return next
		}
	}
}

// snapshotOf is the cache from which a request is answered. What an administrator looks at
// before others do is kept for nobody.
func (s *Responder) snapshotOf(r *Request) *snapshotCache {
	if r.Frame.Preview != 0 {
		return s.newSnapshotCache(s.Catalogue.Index(), r.look)
	}
	c := s.snapshot(r.Viewer())
	if c.look != r.look { // published since the request began
		s.dress(r, c.look)
	}
	return c
}

func (s *Responder) newSnapshotCache(x *catalogue.Index, look *theme.Look) *snapshotCache {
	c := &snapshotCache{index: x, look: look, created: time.Now(), tags: map[string][]string{}, pages: map[string]keptPage{}}
	for _, l := range locale.All() {
		c.tags[l.Tag()] = []string{s.entityTag(l.Tag(), x, look)}
	}
	return c
}

// entityTag identifies all that pages in a language depend on: the program, the
// language, the change of the catalogue, the day, which decides what is still
// running, and the theme.
func (s *Responder) entityTag(tag string, x *catalogue.Index, look *theme.Look) string {
	return `W/"` + s.Build + "-" + tag + "-" + strconv.FormatInt(x.Change(), 36) + "-" + x.Mark() + x.Today().Format("20060102") + look.Mark + `"`
}

// pageTag identifies the page at an address that depends on nothing else. Because
// it names the address, whoever sends it back must have got that page.
func (c *snapshotCache) pageTag(tag, address string) string {
	sum := fnv.New64a()
	io.WriteString(sum, address)
	return strings.TrimSuffix(c.tags[tag][0], `"`) + "-" + strconv.FormatUint(sum.Sum64(), 36) + `"`
}

// find returns the cached page of an address; its content is nil if there is none.
func (c *snapshotCache) find(address string) keptPage {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.pages[address]
}

// keep caches the page of an address and returns it with its length.
func (c *snapshotCache) keep(address string, p keptPage) keptPage {
	p.length = []string{strconv.Itoa(len(p.content))}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size+len(p.content) > maxKept {
		c.pages = map[string]keptPage{}
		c.size = 0
	}
	c.pages[address] = p
	c.size += len(p.content)
	return p
}

// send writes the page.
func (p keptPage) send(w http.ResponseWriter) {
	h := w.Header()
	h["Content-Encoding"], h["Content-Type"], h["Content-Length"] = gzipped, htmlType, p.length
	w.Write(p.content)
}

// FromCache answers strangers before any other work on the request: that they have
// the page already, or with a cached one, which is as cheap as bytes from memory.
func (s *Responder) FromCache(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, noCookie := r.Cookie(s.sessions.Cookie.Name)
		zipped, tagged := Accepts(r.Header.Get("Accept-Encoding"), "gzip"), r.Header.Get("If-None-Match") != ""
		if !onlyReads(r) || noCookie == nil || !zipped && !tagged {
			next.ServeHTTP(w, r)
			return
		}
		c := s.snapshot(account.Viewer{})
		p := c.find(r.RequestURI)
		if p.content == nil || !zipped {
			if !tagged || !s.known(w, r, c) {
				next.ServeHTTP(w, r)
			}
			return
		}
		w.Header()["Vary"] = varying
		if routing := chi.RouteContext(r.Context()); routing != nil {
			routing.RoutePatterns = append(routing.RoutePatterns, p.route) // for the count; it is not routed any more
		}
		if !notModified(w, r, validity{p.tag, s.shared}) {
			s.tally.kept.Inc()
			p.send(w)
		}
	})
}

// known sends 304 if the request names the tag of the page at its address, which
// only somebody does who got that page from this snapshot. "*" does not name it, for
// the page might not exist.
func (s *Responder) known(w http.ResponseWriter, r *http.Request, c *snapshotCache) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if _, ok := c.tags[first]; !ok {
		first = c.look.Locales.Offered()[0].Tag() // of addresses without a language
	}
	tag := c.pageTag(first, r.RequestURI)
	if !names(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.Header()["Vary"] = varying
	return notModified(w, r, validity{[]string{tag}, s.shared})
}

// PerSnapshot makes a value once for each snapshot and language, and drops it with
// the snapshot. It is safe for concurrent use.
type PerSnapshot[T any] struct {
	Make func(*locale.Locale, *catalogue.Index, *theme.Look) T
}

// valueKey identifies a value of a snapshot.
type valueKey struct {
	owner  any // the PerSnapshot
	locale *locale.Locale
}

// For returns the value for the snapshot and language of a request.
func (p *PerSnapshot[T]) For(r *Request) T {
	key := valueKey{p, r.Locale}
	value, ok := r.snapshot.values.Load(key)
	if !ok {
		made := sync.OnceValue(func() T { return p.Make(r.Locale, r.Index, r.look) })
		value, _ = r.snapshot.values.LoadOrStore(key, made)
	}
	return value.(func() T)()
}
