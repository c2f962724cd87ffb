package browse

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/exchange"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	page "exempla/web/page/browse"
)

const (
	// maxExports is how many lists are sent at once: each takes some 15 MB, and more
	// would only share the same processor.
	maxExports = 4
	// exportTimeout is for the whole of a list: a hundred megabytes at two megabits a
	// second.
	exportTimeout = 10 * time.Minute
	// longestName is how much of a selection stands in the name of a file, in bytes.
	longestName = 72
)

// mediaTypes are those of link.Formats.
var mediaTypes = map[string]string{
	"csv":        respond.CSVType,
	"xlsx":       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"json":       "application/json",
	"jsonl":      "application/jsonl",
	"geojson":    "application/geo+json",
	link.Feed:    "application/atom+xml; charset=utf-8",
	link.Booklet: pdfType,
}

// taken is a list that a reader takes away.
type taken struct {
	selection catalogue.Selection // whose texts are shown
	file      string              // name of it as a file, without extension
	title     string              // in the reader's language
	path      string              // of its page
	feed      string              // of itself as a feed
	id        string              // lasting name, unique on the site
	numbers   []int64             // of its practices, in order
}

// exporting is a list on its way to a reader.
type exporting struct {
	*Handlers
	*respond.Request
	taken
}

// Export sends everything that a selection finds in one of link.Formats. If it fails
// halfway it aborts the connection, so that the file does not look complete.
func (h *Handlers) Export(format string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		selection := catalogue.ParseAddress(r.URL.RawQuery).WithoutList().OnPage(1)
		if selection.Query() != r.URL.RawQuery {
			return respond.Redirect(link.Export(r.Tag(), selection, format)), nil
		}
		name := respond.FileName(r.Locale, fileName(selection))
		if r.Unchanged() || r.Method == http.MethodHead {
			describeExport(r, name, format)
			return respond.Response{Written: true}, nil
		}
		hits, err := h.search(r, selection.Words)
		if err != nil {
			return h.unsearched(r, selection, err)
		}
		return h.export(r, format, func() taken {
			return taken{selection, name, page.ListTitle(r.Locale, selection, r.Index.Cities(selection.Chosen(catalogue.City))),
				link.Browse(r.Tag(), selection), link.Export(r.Tag(), selection, link.Feed), "practices?" + selection.Query(),
				selection.Numbers(r.Index, hits, page.Reader(r.Locale))}
		})
	}
}

// ExportCatalogue sends the whole catalogue to programs, a practice a line in the order
// of their numbers. Licence is the URL of what they may do with it.
func (h *Handlers) ExportCatalogue(licence string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		name, format := respond.FileName(r.Locale, ""), string(exchange.JSONL)
		r.Writer.Header().Set("Link", "<"+licence+`>; rel="license"`)
		if r.Unchanged() || r.Method == http.MethodHead {
			describeExport(r, name, format)
			return respond.Response{Written: true}, nil
		}
		return h.export(r, format, func() taken {
			return taken{file: name, numbers: slices.Sorted(slices.Values(catalogue.Parse(nil).Numbers(r.Index, catalogue.Hits{}, page.Reader(r.Locale))))}
		})
	}
}

// export sends a list, unless too many are on their way; make is called only then.
func (h *Handlers) export(r *respond.Request, format string, make func() taken) (respond.Response, error) {
	select {
	case h.exports <- struct{}{}:
		defer func() { <-h.exports }()
	default:
		r.Writer.Header().Set("Retry-After", "60")
		return respond.Response{}, respond.TooOften{Wait: time.Minute}
	}
	ctx, stop := context.WithTimeout(r.Context(), exportTimeout)
	defer stop()
	return respond.Response{Written: true}, exporting{h, r, make()}.send(ctx, format)
}

// describeExport sets the headers of a file. Search engines list the page instead.
func describeExport(r *respond.Request, name, format string) {
	header := r.Writer.Header()
	header.Set("Content-Type", mediaTypes[format])
	if format != string(exchange.JSONL) {
		header.Set("Content-Language", r.Tag())
	}
	header.Set("X-Robots-Tag", "noindex")
	if format != link.Feed {
		header.Set("Content-Disposition", `attachment; filename="`+name+"."+format+`"`)
	}
}

// fileName names a selection in letters that every system keeps.
func fileName(s catalogue.Selection) string {
	parts := []string{practice.Slugify(s.Words)}
	for _, f := range catalogue.Facets {
		for _, key := range s.Chosen(f) {
			parts = append(parts, practice.Slugify(key))
		}
	}
	name := strings.Join(parts, "-")
	return strings.Trim(name[:min(len(name), longestName)], "-")
}

// send asks the database what it needs to know beforehand, so that an error of it is
// still a page, and writes the list.
func (e exporting) send(ctx context.Context, format string) error {
	write := e.writeMap
	switch format {
	case "geojson":
	case link.Booklet:
		write = func(_ context.Context, out io.Writer) error { return e.writeBooklet(out) }
	case link.Feed:
		latest, err := e.Practices.Latest(ctx, e.numbers, page.FeedEntries)
		if err != nil {
			return err
		}
		write = func(_ context.Context, out io.Writer) error { return e.writeFeed(latest, out) }
	default:
		if format == string(exchange.XLSX) && len(e.numbers) > exchange.MaxSheetRows {
			return respond.ErrTooLarge
		}
		languages, err := e.Practices.Translated(ctx, e.numbers)
		if err != nil {
			return err
		}
		write = func(ctx context.Context, out io.Writer) error {
			return e.writeFile(ctx, out, exchange.Format(format), languages)
		}
	}
	describeExport(e.Request, e.file, format)
	to, end := io.Writer(e.Writer), func() error { return nil }
	if format != string(exchange.XLSX) && format != link.Booklet { // which are compressed by themselves
		to, end = e.Stream(mediaTypes[format])
	}
	out := bufio.NewWriterSize(to, 1<<15)
	err := write(ctx, out)
	if err == nil {
		err = out.Flush()
	}
	if ended := end(); err == nil {
		err = ended
	}
	if err != nil {
		e.Log.Warn("an export of a list broke off", "request", e.Writer.Header().Get(respond.RequestID), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// writeFile writes a file that import reads, or a sheet. The sections come in batches
// from the database, which a slow reader must not hold up, so that practices may change
// meanwhile; a translation into a language that the file did not begin with is in the next
// file, for tables have named their columns by then.
func (e exporting) writeFile(ctx context.Context, out io.Writer, format exchange.Format, languages []practice.Language) error {
	file, err := exchange.NewWriter(out, format, languages)
	if err != nil {
		return err
	}
	for some, err := range e.Practices.InOrder(ctx, e.Index, e.numbers) {
		if err != nil {
			return err
		}
		respond.Extend(e.Writer, respond.WriteTime)
		for i := range some {
			p := &some[i]
			p.Texts = slices.DeleteFunc(p.Texts, func(t practice.Text) bool {
				return t.Language != p.Texts[0].Language && !slices.Contains(languages, t.Language)
			})
			if err := file.Write(p); err != nil {
				return err
			}
		}
	}
	return file.Close()
}
