package catalogue

import (
	"math"
	"time"

	"exempla/internal/practice"
)

// record is one practice as bytes, without the length before it. Strings read
// from it share its memory.
type record string

// recordReader takes values off the front of a record.
type recordReader struct{ rest string }

func (r *recordReader) uvarint() (n uint64) {
	for at, shift := 0, 0; ; at, shift = at+1, shift+7 {
		b := r.rest[at]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			r.rest = r.rest[at+1:]
			return n
		}
	}
}

func (r *recordReader) count() int { return int(r.uvarint()) }

func (r *recordReader) number() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *recordReader) text() string { return r.take(r.count()) }

func (r *recordReader) take(size int) string {
	text := r.rest[:size]
	r.rest = r.rest[size:]
	return text
}

func (r *recordReader) word() string {
	if n := r.uvarint(); n > 0 {
		return codedWords[n]
	}
	return r.text()
}

func (r *recordReader) truth() bool { return r.take(1) == "\x01" }

func (r *recordReader) date() practice.Date {
	year := r.number()
	return practice.Date{Year: int(year), Month: time.Month(r.number())}
}

func (r *recordReader) time() time.Time {
	if !r.truth() {
		return time.Time{}
	}
	seconds := r.number()
	return time.Unix(seconds, int64(r.uvarint()))
}

func (r *recordReader) float() float64 {
	var n uint64
	for i, b := range []byte(r.take(8)) {
		n |= uint64(b) << (8 * i)
	}
	return math.Float64frombits(n)
}

// extent is how much there is to read, as a class.
func (c record) extent() byte { return c[0] & mostToRead }

// saysImpact reports whether the original text describes the impact.
func (c record) saysImpact() bool { return c[0]&impactSaid != 0 }

// hasSections reports whether the original text has sections.
func (c record) hasSections() bool { return c[0]&sectioned != 0 }

// facts is a reader of everything behind the extent.
func (c record) facts() recordReader { return recordReader{string(c[1:])} }

func (c record) number() int64 {
	r := c.facts()
	return r.number()
}

func (c record) slug() string {
	r := c.facts()
	r.number()
	return r.text()
}

func (c record) practice() (p practice.Practice) {
	c.read(&p)
	return p
}

// read reads the whole record into p and reuses its slices, for loops over many.
func (c record) read(p *practice.Practice) { c.readFacts(p, true) }

// readFacts reads what most facets count (see recordWriter.facts), and the rest
// only on request, because that takes most of the time. It returns what follows.
func (c record) readFacts(p *practice.Practice, rest bool) recordReader {
	r := c.facts()
	p.Number = r.number()
	p.Slug = r.text()
	p.Period = practice.Period{Start: r.date(), End: r.date(), Ongoing: r.truth()}
	p.Topics = resized(p.Topics, r.count())
	for i := range p.Topics {
		p.Topics[i] = practice.Topic(r.word())
	}
	p.Place.Countries = resized(p.Place.Countries, r.count())
	for i := range p.Place.Countries {
		p.Place.Countries[i] = practice.Country(r.text())
	}
	p.Texts = resized(p.Texts, r.count())
	for i := range p.Texts {
		p.Texts[i].Language = practice.Language(r.text())
	}
	if rest {
		r.describe(p)
	}
	return r
}

// resized is a slice of another length, in the same memory if it fits.
func resized[T any](list []T, size int) []T {
	if size <= cap(list) {
		return list[:size]
	}
	return make([]T, size)
}

// readKeywords reads the whole record into p, and the numbers of its keywords.
func (c record) readKeywords(p *practice.Practice, keywords []int) []int {
	r := c.readFacts(p, true)
	keywords = resized(keywords, r.count())
	for i := range keywords {
		keywords[i] = r.count()
	}
	return keywords
}

// readWords reads the whole record into p, and what its texts say besides title
// and summary into bodies.
func (c record) readWords(p *practice.Practice, bodies []string) []string {
	r := c.readFacts(p, true)
	for range r.count() {
		r.count() // keywords
	}
	bodies = resized(bodies, len(p.Texts))
	for i := range bodies {
		bodies[i] = r.text()
	}
	return bodies
}

// describe reads what follows the facts, up to the words of sections.
func (r *recordReader) describe(p *practice.Practice) {
	for _, text := range []*string{&p.Period.Wording, &p.Organisation, &p.Licence, &p.Source.Name, &p.Source.URL} {
		*text = r.text()
	}
	p.Source.Listing = r.truth()
	p.Revision = int(r.number())
	p.Published = r.time()
	p.Updated = r.time()
	p.Place.Cities = resized(p.Place.Cities, r.count())
	for i := range p.Place.Cities {
		p.Place.Cities[i] = practice.City{Country: practice.Country(r.text()), Name: r.text(), Located: r.truth(),
			Latitude: r.float(), Longitude: r.float(), Names: practice.CityNames(r.text())}
	}
	for i := range p.Texts {
		t := &p.Texts[i]
		t.State = practice.TextState(r.word())
		t.Title = r.text()
		t.TitleLanguage = practice.Language(r.text())
		t.TitleEnglish = r.text()
		t.Summary = r.text()
		t.Attachments = nil
	}
	if r.truth() {
		p.Texts[0].Attachments = []practice.Attachment{{Hash: r.text(), Type: r.text(), Width: r.count(), Height: r.count()}}
	}
}
