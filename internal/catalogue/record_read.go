package catalogue

import (
	"math"
	"time"

	"exempla/internal/practice"
)

// record is one practice as bytes, without its length. What is read from it
// shares its memory, so that reading costs little.
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

// number is that of the record's practice.
func (c record) number() int64 { return (&recordReader{string(c)}).number() }

// slug is the address of the record's practice.
func (c record) slug() string {
	r := recordReader{string(c)}
	r.number()
	return r.text()
}

// practice reads the whole record.
func (c record) practice() (p practice.Practice) {
	c.read(&p)
	return p
}

// read reads the whole record into p, whose lists are used again: for going
// through many.
func (c record) read(p *practice.Practice) { c.readFacts(p, true) }

// readFacts reads what most facets count, see recordWriter.facts, and the rest
// only if it is wanted: that takes most of the time.
func (c record) readFacts(p *practice.Practice, rest bool) {
	r := recordReader{string(c)}
	p.Number, p.Slug = r.number(), r.text()
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
}

// resized is a list of another length, in the same memory where it fits; nil
// stays nil when there is nothing to hold.
func resized[T any](list []T, size int) []T {
	if size <= cap(list) {
		return list[:size]
	}
	return make([]T, size)
}

// describe reads what stands behind the facts.
func (r *recordReader) describe(p *practice.Practice) {
	for _, text := range []*string{&p.Period.Wording, &p.Organisation, &p.Licence, &p.Source.Name, &p.Source.URL} {
		*text = r.text()
	}
	p.Revision = int(r.number())
	p.Published, p.Updated = r.time(), r.time()
	p.Place.Cities = resized(p.Place.Cities, r.count())
	for i := range p.Place.Cities {
		p.Place.Cities[i] = practice.City{Country: practice.Country(r.text()), Name: r.text(), Located: r.truth(),
			Latitude: r.float(), Longitude: r.float()}
	}
	for i := range p.Texts {
		t := &p.Texts[i]
		t.State = practice.TextState(r.word())
		t.Title, t.TitleLanguage = r.text(), practice.Language(r.text())
		t.TitleEnglish, t.Summary = r.text(), r.text()
	}
}
