package catalogue

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strings"
	"time"

	"exempla/internal/practice"
	"exempla/internal/thesaurus"
)

// A record is a practice encoded as bytes, without attachments but for the first picture
// of the original; of its sections it has only the words, at the end. As
// ordinary values a million practices would be forty million objects for the
// garbage collector to visit. It begins with its length, with how much there is to
// read, and with the facts that most facets count.

// wordCodes numbers the strings that most records repeat.
var wordCodes, codedWords = func() (map[string]uint64, []string) {
	list := []string{""}
	for _, topic := range practice.Topics {
		list = append(list, string(topic))
	}
	for _, state := range []practice.TextState{practice.Original, practice.Human, practice.Machine, practice.Outdated} {
		list = append(list, string(state))
	}
	numbers := map[string]uint64{}
	for i, word := range list[1:] {
		numbers[word] = uint64(i + 1)
	}
	return numbers, list
}()

// recordWriter appends values to a record.
type recordWriter []byte

func (w *recordWriter) count(n int)    { *w = binary.AppendUvarint(*w, uint64(n)) }
func (w *recordWriter) number(n int64) { *w = binary.AppendVarint(*w, n) }

func (w *recordWriter) text(s string) {
	w.count(len(s))
	*w = append(*w, s...)
}

// word writes a string that probably has a code.
func (w *recordWriter) word(s string) {
	n := wordCodes[s]
	*w = binary.AppendUvarint(*w, n)
	if n == 0 {
		w.text(s)
	}
}

func (w *recordWriter) truth(b bool) {
	if b {
		*w = append(*w, 1)
	} else {
		*w = append(*w, 0)
	}
}

func (w *recordWriter) date(d practice.Date) {
	w.number(int64(d.Year))
	w.number(int64(d.Month))
}

func (w *recordWriter) time(t time.Time) {
	w.truth(!t.IsZero())
	if !t.IsZero() {
		w.number(t.Unix())
		w.count(t.Nanosecond())
	}
}

func (w *recordWriter) float(f float64) {
	*w = binary.LittleEndian.AppendUint64(*w, math.Float64bits(f))
}

// practice writes everything but the length.
func (w *recordWriter) practice(p *practice.Practice) {
	first := extent(p)
	if describesImpact(p) {
		first |= impactSaid
	}
	if len(p.Texts) > 0 && len(p.Texts[0].Sections) > 0 {
		first |= sectioned
	}
	*w = append(*w, first)
	w.facts(p)
	for _, text := range []string{p.Period.Wording, p.Organisation, p.Licence, p.Source.Name, p.Source.URL} {
		w.text(text)
	}
	w.truth(p.Source.Listing)
	w.number(int64(p.Revision))
	w.time(p.Published)
	w.time(p.Updated)
	w.count(len(p.Place.Cities))
	for _, city := range p.Place.Cities {
		w.text(string(city.Country))
		w.text(city.Name)
		w.truth(city.Located)
		w.float(city.Latitude)
		w.float(city.Longitude)
		w.text(string(city.Names))
	}
	for i := range p.Texts {
		t := &p.Texts[i]
		w.word(string(t.State))
		w.text(t.Title)
		w.text(string(t.TitleLanguage))
		w.text(t.TitleEnglish)
		w.text(t.Summary)
	}
	w.picture(p)
	w.keywords(p.Keywords)
	for i := range p.Texts {
		w.text(body(&p.Texts[i]))
	}
}

// picture writes the picture that listings show.
func (w *recordWriter) picture(p *practice.Practice) {
	shown, ok := p.Picture()
	w.truth(ok)
	if ok {
		w.text(shown.Hash)
		w.text(shown.Type)
		w.count(shown.Width)
		w.count(shown.Height)
	}
}

// keywords writes the numbers of those that the thesaurus has; one may have gone
// since it was stored.
func (w *recordWriter) keywords(ids []string) {
	var known []int
	for _, id := range ids {
		if n, ok := thesaurus.Numbers()[id]; ok {
			known = append(known, n)
		}
	}
	w.count(len(known))
	for _, n := range known {
		w.count(n)
	}
}

// Classes of how much there is to read: the first holds stubs of a line or two, each
// other one reaches twice as far as the one before. A class takes one byte where a
// length would take four, and texts of about the same length stay in their order.
const (
	stub       = 200 // bytes
	extentBits = 3
	mostToRead = 1<<extentBits - 1
	impactSaid = 1 << extentBits // in the same byte: the impact is described
	sectioned  = 2 << extentBits // likewise: the original has sections
)

// extent is the class of a practice's original text.
func extent(p *practice.Practice) byte {
	if len(p.Texts) == 0 {
		return 0
	}
	size := len(p.Texts[0].Summary)
	for _, section := range p.Texts[0].Sections {
		size += len(section)
	}
	return byte(min(bits.Len(uint(size/stub)), mostToRead))
}

// body is what a text says besides title and summary, to be found by its words.
func body(t *practice.Text) string {
	var b strings.Builder
	for _, section := range t.Ordered() {
		b.WriteString(section.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

func (w *recordWriter) facts(p *practice.Practice) {
	w.number(p.Number)
	w.text(p.Slug)
	w.date(p.Period.Start)
	w.date(p.Period.End)
	w.truth(p.Period.Ongoing)
	w.count(len(p.Topics))
	for _, topic := range p.Topics {
		w.word(string(topic))
	}
	w.count(len(p.Place.Countries))
	for _, country := range p.Place.Countries {
		w.text(string(country))
	}
	w.count(len(p.Texts))
	for i := range p.Texts {
		w.text(string(p.Texts[i].Language))
	}
}
