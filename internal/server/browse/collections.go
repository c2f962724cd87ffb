package browse

import (
	"errors"
	"net/http"
	"slices"
	"sync"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	page "exempla/web/page/browse"
	"exempla/web/page/lists"
)

// shelf has the public collections of one snapshot. It is filled by who first asks, and
// again as long as that fails. A change of a collection makes a new snapshot.
type shelf struct {
	mu     sync.Mutex
	filled bool
	list   []collected
}

// collected is a collection with the numbers of the practices that it shows, in order.
type collected struct {
	practice.Collection
	numbers []int64
}

// collections are the public collections. Errors: store.ErrAway.
func (h *Handlers) collections(r *respond.Request) ([]collected, error) {
	s := h.shelves.For(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.filled {
		return s.list, nil
	}
	published, err := h.Collections.Published(r.Context())
	if err != nil {
		return nil, err
	}
	whole := true
	var list []collected
	for _, c := range published {
		numbers, err := h.collect(r, c)
		if err != nil && !errors.Is(err, catalogue.ErrLearning) {
			return nil, err
		}
		whole = whole && err == nil
		list = append(list, collected{c, numbers})
	}
	s.list, s.filled = list, whole
	return list, nil
}

// collect finds the practices of a collection. Errors: those of search, with those chosen
// by hand.
func (h *Handlers) collect(r *respond.Request, c practice.Collection) ([]int64, error) {
	return r.Look().Searcher.Collect(r.Context(), r.Index, c, page.Reader(r.Locale))
}

// ListCollections lists the public collections.
func (h *Handlers) ListCollections(r *respond.Request) (respond.Response, error) {
	found, err := h.collections(r)
	if err != nil {
		return respond.Response{}, err
	}
	var in lists.CollectionsInput
	for _, c := range found {
		in.List = append(in.List, lists.Collected{Collection: c.Collection, Count: len(c.numbers)})
	}
	return respond.Response{Page: lists.NewCollections(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
}

// collection finds the collection of an address. Editors see those that are not public
// as they would be. Errors: respond.ErrNoSuchPage, store.ErrAway.
func (h *Handlers) collection(r *respond.Request) (collected, error) {
	slug := r.Param("slug")
	list, err := h.collections(r)
	if err != nil {
		return collected{}, err
	}
	if at := slices.IndexFunc(list, func(c collected) bool { return c.Slug == slug }); at >= 0 {
		return list[at], nil
	}
	if !r.Viewer().Is(account.Editor) || practice.Slugify(slug) != slug {
		return collected{}, respond.ErrNoSuchPage
	}
	found, err := h.Collections.BySlug(r.Context(), slug)
	if errors.Is(err, store.ErrNotFound) {
		return collected{}, respond.ErrNoSuchPage
	} else if err != nil {
		return collected{}, err
	}
	numbers, err := h.collect(r, found)
	return collected{found, numbers}, err
}

// ShowCollection is the page of a collection.
func (h *Handlers) ShowCollection(r *respond.Request) (respond.Response, error) {
	found, err := h.collection(r)
	if err != nil {
		return respond.Response{}, err
	}
	kept := catalogue.Parse(nil)
	kept.List = catalogue.ParseList(r.URL.Query())
	if entry := changed(r.URL.Query()); entry != "" {
		return respond.Redirect(link.Keeping(link.Collection(r.Tag(), found.Slug), kept.List) + entry), nil
	}
	in := lists.CollectionInput{Collection: found.Collection, List: kept.List}
	for _, number := range found.numbers {
		if p, ok := r.Index.Practice(number); ok {
			in.Cards = append(in.Cards, page.NewCard(r.Locale, p, kept, r.Index.Today()))
		}
	}
	return respond.Response{Page: lists.NewCollection(r.Locale, r.Frame, in).View(), Cacheable: found.Public(), Rare: r.URL.RawQuery != ""}, nil
}

// ExportCollection sends a collection in one of link.Formats.
func (h *Handlers) ExportCollection(format string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.collection(r)
		if err != nil {
			return respond.Response{}, err
		}
		name := respond.FileName(r.Locale, found.Slug)
		if r.Unchanged() || r.Method == http.MethodHead {
			describeExport(r, name, format)
			return respond.Response{Written: true}, nil
		}
		return h.export(r, format, func() taken {
			text, _ := found.Text(practice.Language(r.Tag()))
			return taken{catalogue.Parse(nil), name, text.Title, link.Collection(r.Tag(), found.Slug),
				link.CollectionExport(r.Tag(), found.Slug, link.Feed), link.CollectionsPage + "/" + found.Slug, found.numbers}
		})
	}
}

// collectionsWith are the public collections that a practice is in. Errors:
// store.ErrAway.
func (h *Handlers) collectionsWith(r *respond.Request, number int64) ([]practice.Collection, error) {
	list, err := h.collections(r)
	var with []practice.Collection
	for _, c := range list {
		if slices.Contains(c.numbers, number) {
			with = append(with, c.Collection)
		}
	}
	return with, err
}
