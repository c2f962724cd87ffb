package catalogue_test

import (
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// A span of years is the years in it, each of which an address can name.
func TestYearsBetween(t *testing.T) {
	t.Parallel()
	old := practice.Practice{Number: 1, Slug: "old", Period: practice.Period{Start: practice.Date{Year: 2021}, End: practice.Date{Year: 2022}}}
	x := catalogue.NewIndex([]practice.Practice{old}, 1, day(2026, 11, 27)) // 2021 to 2026
	for _, c := range []struct{ query, first, last, want string }{
		{"year=2024", "", "", "year=2024"},
		{"year=2024", "no", "20", "year=2024"},
		{"year=2026", "2022", "2024", "year=2022&year=2023&year=2024"},
		{"", "2024", "2022", "year=2022&year=2023&year=2024"},
		{"", "2022", "2022", "year=2022"},
		{"", "2025", "", "year=2025&year=2026"},
		{"", "", "2022", "year=2021&year=2022"},
		{"", "1800", "2021", "year=1800&year=2021"},
		{"", "", "1900", "year=1900"},
		{"topic=roma&year=2026&year=unknown&page=3", "2024", "2025", "topic=roma&year=2024&year=2025&year=unknown"},
	} {
		if got := parse(c.query).Between(x, c.first, c.last).Query(); got != c.want {
			t.Errorf("%q from %q to %q: %q, want %q", c.query, c.first, c.last, got, c.want)
		}
	}
}
