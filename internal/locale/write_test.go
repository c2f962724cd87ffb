package locale

import (
	"math"
	"testing"
	"time"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0"},
		{"en", 999, "999"},
		{"en", 1000, "1,000"},
		{"en", -1234567, "-1,234,567"},
		{"en", math.MinInt64, "-9,223,372,036,854,775,808"},
		{"fr", 1234, "1\u202f234"},
		{"de", 1234, "1.234"},
		{"es", 1234, "1234"},
		{"es", 12345, "12.345"},
		{"el", 1234, "1.234"},
		{"sq", 1234, "1234"},
		{"sq", 12345, "12\u00a0345"},
		{"uk", 1234, "1\u00a0234"},
		{"ar", 1234, "1,234"},
		{"ar", -5, "\u200e-5"},
	}
	for _, test := range tests {
		if got := named(t, test.tag).Number(test.n); got != test.want {
			t.Errorf("%s: Number(%d) = %q, want %q", test.tag, test.n, got, test.want)
		}
	}
}

// None of today's locales has digits of its own: since release 42, CLDR writes
// Arabic with 0 to 9 unless a country is named.
func TestOwnDigits(t *testing.T) {
	t.Parallel()
	l := &Locale{tongue: &tongue{cldr: tables.Locales["ar"]}}
	l.cldr.Digits, l.cldr.Group = "٠١٢٣٤٥٦٧٨٩", "٬"
	day := time.Date(2024, time.March, 5, 0, 0, 0, 0, time.UTC)
	got := []string{l.Number(1234567), l.Year(2024), l.Date(day)}
	for i, want := range []string{"١٬٢٣٤٬٥٦٧", "٢٠٢٤", "٥ مارس ٢٠٢٤"} {
		if got[i] != want {
			t.Errorf("got %q, want %q", got[i], want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	// Already the next day in UTC.
	evening := time.Date(2024, time.March, 4, 20, 0, 0, 0, time.FixedZone("west", -6*60*60))
	tests := map[string]string{
		"en": "5 March 2024",
		"fr": "5 mars 2024",
		"de": "5. März 2024",
		"es": "5 de marzo de 2024",
		"el": "5 Μαρτίου 2024",
		"sq": "5 mars 2024",
		"uk": "5 березня 2024\u202fр.",
		"ar": "5 مارس 2024",
	}
	for tag, want := range tests {
		if got := named(t, tag).Date(evening); got != want {
			t.Errorf("%s: Date = %q, want %q", tag, got, want)
		}
	}
}

func TestMonthsAndYears(t *testing.T) {
	t.Parallel()
	el, uk := named(t, "el"), named(t, "uk")
	tests := []struct{ got, want string }{
		{el.MonthName(time.March), "Μαρτίου"},
		{el.MonthAlone(time.March), "Μάρτιος"},
		{uk.MonthName(time.December), "грудня"},
		{uk.MonthAlone(time.December), "грудень"},
		{uk.MonthAlone(0), ""},
		{uk.MonthName(13), ""},
		{named(t, "fr").Year(2024), "2024"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestTenths(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string][3]string{"en": {"0.4", "2", "12,345.6"}, "fr": {"0,4", "2", "12\u202f345,6"}, "ar": {"0.4", "2", "12,345.6"}} {
		l, _ := Find(tag)
		if got := [3]string{l.Tenths(4), l.Tenths(20), l.Tenths(123456)}; got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}
