package browse

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/text"
	page "exempla/web/page/browse"
)

// mostNear is how many practices are named in place of one that does not exist: they
// fit the screen of a phone, and who mistyped an address finds it among the first.
const mostNear = 5

// searchedNear is how many of the best results are compared with the address.
const searchedNear = 100

// missing is the page of an address at which there is no practice. It asks nothing of
// the database: the words of the address are searched for, misspelt ones too, and of
// the best results those are named whose addresses are most like it.
func (h *Handlers) missing(r *respond.Request, slug string) respond.Response {
	if plain, err := url.PathUnescape(slug); err == nil {
		slug = plain
	}
	asked := practice.Slugify(slug)
	words := strings.Join(text.Words(strings.ReplaceAll(slug, "-", " ")), " ")
	in := page.MissingInput{Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Today: r.Index.Today(),
		Words: catalogue.Parse(url.Values{"q": {words}})}
	// Without hits, because the words of the catalogue are not known yet, none is named.
	if hits, err := h.search(r, in.Words.Words); err == nil && in.Words.Words != "" {
		best := in.Words
		best.Size = searchedNear
		for _, found := range r.Index.Find(best, hits, page.Reader(r.Locale)).Found {
			in.Near = append(in.Near, catalogue.Related{Practice: found.Practice()})
		}
	}
	slices.SortStableFunc(in.Near, func(a, b catalogue.Related) int {
		return cmp.Compare(text.Likeness(asked, b.Practice.Slug), text.Likeness(asked, a.Practice.Slug))
	})
	in.Near = in.Near[:min(len(in.Near), mostNear)]
	return respond.Response{Page: page.NewMissing(r.Locale, r.Frame, in).View(), Status: http.StatusNotFound}
}
