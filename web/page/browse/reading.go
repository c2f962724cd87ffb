package browse

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/query"
)

// reading says how the words of a search were read, and leads to the search for
// exactly what was typed, if anything else was looked for and found.
func reading(l *locale.Locale, in ListingInput) (said []string, exactly string) {
	r, nothing := in.Reading, in.Results.Total == 0
	var instead, typed []string
	for _, c := range r.Instead {
		instead, typed = append(instead, quoted(l, c.Meant)), append(typed, quoted(l, c.Typed))
	}
	if len(instead) > 0 {
		said = append(said, l.T("reading.instead", "Meant", l.And(instead), "Typed", l.And(typed)))
	}
	for _, a := range r.Abroad {
		said = append(said, l.T("reading.abroad", "City", a.City, "Country", l.Country(string(a.Country))))
	}
	if len(r.Missing) > 0 {
		var missing []string
		for _, word := range r.Missing {
			missing = append(missing, quoted(l, word))
		}
		key := "reading.missing"
		if nothing {
			key = "reading.nowhere" // there was no rest, or it is not there either
		}
		said = append(said, l.T(key, "Words", l.And(missing)))
	}
	if r.Partly {
		said = append(said, l.T("reading.partly"))
	}
	if len(r.Also) > 0 {
		said = append(said, l.T("reading.also", "Words", strings.Join(r.Also, l.T("reading.comma"))))
	}
	if len(said) > 0 && !nothing && !strings.ContainsAny(in.Selection.Words, query.QuotationMarks) {
		exactly = link.Browse(l.Tag(), in.Selection.WithWords(`"`+in.Selection.Words+`"`))
	}
	return said, exactly
}

func quoted(l *locale.Locale, words string) string { return l.T("browse.words", "Words", words) }

// stray are values of the address that no practice could have.
type stray struct {
	Sentence string
	Searches []catalogue.Selection // for each that may be meant as a word
}

// shortestStray is how many bytes a value has that may be a name: others are codes.
const shortestStray = 3

// strays say which values of the address are none, facet by facet. What may be the name
// of a topic or place can be searched for, misspelt too.
func strays(l *locale.Locale, s catalogue.Selection) []stray {
	var said []stray
	for _, f := range catalogue.Facets {
		var values []string
		var found stray
		for _, value := range s.Strays(f) {
			values = append(values, quoted(l, value))
			if len(value) >= shortestStray && (f == catalogue.Topic || f == catalogue.Country || f == catalogue.City) {
				words := strings.ReplaceAll(value, "-", " ")
				found.Searches = append(found.Searches, s.WithoutStrays().WithWords(strings.TrimSpace(s.Words+" "+words)))
			}
		}
		if len(values) > 0 {
			found.Sentence = l.T("reading.stray", "Values", l.And(values), "Facet", l.T("facet."+f.Name()))
			said = append(said, found)
		}
	}
	return said
}
