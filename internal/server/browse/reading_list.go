package browse

import (
	"net/http"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/web/page/lists"

	page "exempla/web/page/browse"
)

// listed is what the catalogue has of a reading list.
type listed struct {
	list      practice.ReadingList // with the addresses that they have now
	practices []practice.Practice  // without their sections
	missing   practice.ReadingList
}

// numbers are those of the practices.
func (l listed) numbers() []int64 {
	var numbers []int64
	for _, p := range l.practices {
		numbers = append(numbers, p.Number)
	}
	return numbers
}

// lookUp finds the practices of a reading list. What is not in the catalogue stays on
// it, to be named. Errors: store.ErrAway.
func (h *Handlers) lookUp(r *respond.Request, list practice.ReadingList) (listed, error) {
	var found listed
	if len(list) == 0 {
		return found, nil
	}
	numbers, err := h.Practices.Numbers(r.Context(), list)
	if err != nil {
		return found, err
	}
	for _, slug := range list {
		p, ok := r.Index.Practice(numbers[slug])
		switch {
		case !ok:
			found.missing = append(found.missing, slug)
			found.list = append(found.list, slug)
		case !found.list.Has(p.Slug):
			found.practices = append(found.practices, p)
			found.list = append(found.list, p.Slug)
		}
	}
	return found, nil
}

// ShowReadingList is the page of what a reader has put aside.
func (h *Handlers) ShowReadingList(r *respond.Request) (respond.Response, error) {
	query := r.URL.Query()
	found, err := h.lookUp(r, catalogue.ParseList(query))
	if err != nil {
		return respond.Response{}, err
	}
	_, left := practice.ParseReadingList(strings.Join(query[catalogue.ListParameter], " "))
	// An address with too much in it stays as it is, or the page could not say so.
	if address := link.ReadingList(r.Tag(), found.list); left == 0 && address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
		return respond.Redirect(address + changed(query)), nil
	}
	in := lists.ReadingListInput{List: found.list, Missing: found.missing, Left: left}
	kept := catalogue.Parse(nil)
	kept.List = found.list
	for _, p := range found.practices {
		in.Cards = append(in.Cards, page.NewCard(r.Locale, p, kept, r.Index.Today()))
	}
	return respond.Response{Page: lists.NewReadingList(r.Locale, r.Frame, in).View(), Cacheable: true, Rare: true}, nil
}

// ExportReadingList sends a reading list in one of link.Formats.
func (h *Handlers) ExportReadingList(format string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.lookUp(r, catalogue.ParseList(r.URL.Query()))
		if err != nil {
			return respond.Response{}, err
		}
		address := link.ListExport(r.Tag(), found.list, format)
		if address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
			return respond.Redirect(address), nil
		}
		name := respond.FileName(r.Locale, link.ListPage)
		if r.Unchanged() || r.Method == http.MethodHead {
			describeExport(r, name, format)
			return respond.Response{Written: true}, nil
		}
		return h.export(r, format, func() taken {
			return taken{catalogue.Parse(nil), name, r.Locale.T("list.title"), link.ReadingList(r.Tag(), found.list),
				link.ListExport(r.Tag(), found.list, link.Feed), link.ListPage + "?" + strings.Join(found.list, "+"), found.numbers()}
		})
	}
}

// ComparePractices shows two to four practices side by side.
func (h *Handlers) ComparePractices(r *respond.Request) (respond.Response, error) {
	query := r.URL.Query()
	found, err := h.lookUp(r, catalogue.ParseList(query))
	if err != nil {
		return respond.Response{}, err
	}
	list, _ := practice.ParseReadingList(strings.Join(query[link.WholeListParameter], " "))
	if address := link.Compare(r.Tag(), found.list, list); address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
		return respond.Redirect(address), nil
	}
	in := lists.CompareInput{Chosen: found.list, List: list, Missing: found.missing, Today: r.Index.Today()}
	most := min(len(found.practices), lists.MostCompared)
	in.Left = found.practices[most:]
	for some, err := range h.Practices.InOrder(r.Context(), r.Index, found.numbers()[:most]) {
		if err != nil {
			return respond.Response{}, err
		}
		in.Practices = append(in.Practices, some...)
	}
	return respond.Response{Page: lists.NewCompare(r.Locale, r.Frame, in).View(), Cacheable: true, Rare: true}, nil
}
