package browse_test

import (
	"bytes"
	"net/url"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// BenchmarkListing renders a page of results whose panel and cards are made already.
func BenchmarkListing(b *testing.B) {
	l, _ := locale.Find("en")
	x := many("GR IT ES PT FR DE NO SE DK FI CH GR IT ES PT FR DE NO SE DK")
	for _, query := range []string{"", "country=GR&country=IT&topic=refugees"} {
		b.Run(query, func(b *testing.B) {
			values, _ := url.ParseQuery(query)
			s := catalogue.Parse(values)
			a := listingInput(l, x, s)
			ctx := locale.With(b.Context(), l)
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if err := browse.NewListing(l, frame.Frame{}, a).View().Render(ctx, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
