package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Format is a kind of file that Writer writes, named as its files end.
type Format string

// The formats. Read understands all but the last.
const (
	JSON  Format = "json"
	JSONL Format = "jsonl" // a practice a line, and nothing around them
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
)

// Writer writes practices into a file of the form that Read reads, one after another,
// so that any number of them takes the memory of one. Attachments are no part of such
// files.
type Writer struct{ form form }

// form is how one format writes.
type form interface {
	write(p *practice.Practice) error
	close() error
}

// NewWriter begins a file. Tables need to know the languages of all translations
// beforehand, for their columns; JSON does not use them. The error is that of out.
func NewWriter(out io.Writer, f Format, languages []practice.Language) (*Writer, error) {
	var made form
	var err error
	switch f {
	case CSV:
		made, err = newTableWriter(out, languages)
	case XLSX:
		made, err = newSheet(out, languages)
	case JSONL:
		made = newLineWriter(out)
	default:
		made, err = newListWriter(out)
	}
	return &Writer{made}, err
}

// Write adds a practice. Errors: those of what is written to; ErrNoColumn.
func (w *Writer) Write(p *practice.Practice) error { return w.form.write(p) }

// Close ends the file, but not what is written to.
func (w *Writer) Close() error { return w.form.close() }

// Practice is a practice as a file has it, with the fields of rowFields. It is also what
// programs are told of a practice elsewhere, so that there is one form of it.
type Practice struct {
	Slug          string                            `json:"slug" doc:"Its lasting name, with which the addresses of its pages end"`
	Title         string                            `json:"title"`
	TitleLanguage practice.Language                 `json:"title_language" doc:"ISO 639-1"`
	TitleEnglish  string                            `json:"title_en,omitempty" doc:"The title in English, where it is in another language"`
	Language      practice.Language                 `json:"language" doc:"ISO 639-1, of summary and sections"`
	Summary       string                            `json:"summary" doc:"Plain text"`
	CountryCode   practice.Country                  `json:"country_code" doc:"ISO 3166-1 alpha-2, the leading country"`
	Cities        []city                            `json:"cities,omitempty" doc:"The leading city first; a national practice has none"`
	AlsoIn        []city                            `json:"also_in,omitempty" doc:"Further countries, with or without a city"`
	Period        string                            `json:"period,omitempty" doc:"As its source words it"`
	StartYear     *int                              `json:"start_year"`
	StartMonth    *int                              `json:"start_month"`
	EndYear       *int                              `json:"end_year"`
	EndMonth      *int                              `json:"end_month"`
	Ongoing       bool                              `json:"ongoing"`
	Topics        []practice.Topic                  `json:"topics" nullable:"false"`
	Keywords      []string                          `json:"keywords,omitempty" doc:"Concepts of the thesaurus"`
	Organisation  string                            `json:"organisation,omitempty" doc:"Who published it before"`
	RunBy         string                            `json:"run_by,omitempty" doc:"Who runs it"`
	Licence       string                            `json:"licence,omitempty" doc:"Of this practice, if it has one of its own"`
	SourceURL     string                            `json:"source_url,omitempty"`
	SourceListing bool                              `json:"source_listing,omitempty" doc:"The page at source_url lists several practices"`
	Sections      map[practice.Section]string       `json:"sections,omitempty" doc:"Markdown"`
	Texts         map[practice.Language]translation `json:"texts,omitempty" doc:"Translations by their language"`
}

// NewPractice is the way back of row.practice.
func NewPractice(p *practice.Practice) Practice {
	original, _ := p.Text()
	e := Practice{
		Slug: p.Slug, Title: literal(original.Title), TitleLanguage: original.TitleLanguage,
		TitleEnglish: literal(original.TitleEnglish), Language: original.Language, Summary: plainText(original.Summary),
		Period: literal(p.Period.Wording), StartYear: stated(p.Period.Start.Year), StartMonth: stated(int(p.Period.Start.Month)),
		EndYear: stated(p.Period.End.Year), EndMonth: stated(int(p.Period.End.Month)), Ongoing: p.Period.Ongoing,
		Topics: p.Topics, Keywords: p.Keywords, Organisation: literal(p.Source.Name), RunBy: literal(p.Organisation),
		Licence: literal(p.Licence), SourceURL: literal(p.Source.URL), SourceListing: p.Source.Listing, Sections: plainSections(original.Sections),
	}
	e.setPlace(p.Place)
	for _, t := range p.Texts[min(1, len(p.Texts)):] {
		if e.Texts == nil {
			e.Texts = map[practice.Language]translation{}
		}
		e.Texts[t.Language] = translation{Title: literal(t.Title), Summary: plainText(t.Summary), Sections: plainSections(t.Sections), State: t.State}
	}
	return e
}

// setPlace writes countries and cities so that reading gives them in the same order:
// cities as long as they bring their countries in that order, then the countries that
// are left, then the cities that are left.
func (e *Practice) setPlace(place practice.Place) {
	if len(place.Countries) == 0 {
		return
	}
	e.CountryCode = place.Countries[0]
	var seen practice.Place
	seen.AddCountry(e.CountryCode)
	rest := place.Cities
	for len(rest) > 0 {
		seen.AddCountry(rest[0].Country)
		if n := len(seen.Countries); n > len(place.Countries) || !slices.Equal(seen.Countries, place.Countries[:n]) {
			seen.Countries = seen.Countries[:n-1]
			break
		}
		e.Cities = append(e.Cities, newCity(rest[0]))
		rest = rest[1:]
	}
	for _, country := range place.Countries[len(seen.Countries):] {
		e.AlsoIn = append(e.AlsoIn, city{CountryCode: string(country)})
	}
	for _, c := range rest {
		e.AlsoIn = append(e.AlsoIn, newCity(c))
	}
}

func newCity(c practice.City) city {
	made := city{Name: literal(c.Name), CountryCode: string(c.Country)}
	if c.Located {
		made.Latitude, made.Longitude = &c.Latitude, &c.Longitude
	}
	return made
}

// stated is a number, or nil for 0, which stands for none.
func stated(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// literal writes a field of one line so that reading, which resolves the entities of
// web pages, gives it back.
func literal(s string) string {
	if plain(s) == s {
		return s
	}
	return strings.ReplaceAll(s, "&", "&amp;")
}

// lineEnds ends lines as every file is read.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func plainText(s string) string {
	if strings.IndexByte(s, '\r') < 0 { // as nearly all are
		return s
	}
	return lineEnds.Replace(s)
}

func plainSections(sections map[practice.Section]string) map[practice.Section]string {
	if len(sections) == 0 {
		return nil
	}
	made := make(map[practice.Section]string, len(sections))
	for section, text := range sections {
		made[section] = plainText(text)
	}
	return made
}

// listWriter writes JSON, one practice a line.
type listWriter struct {
	out   *bufio.Writer
	json  *json.Encoder
	count int
}

func newListWriter(out io.Writer) (*listWriter, error) {
	w := &listWriter{out: bufio.NewWriter(out)}
	w.json = json.NewEncoder(trimEnd{w.out})
	w.json.SetEscapeHTML(false)
	_, err := w.out.WriteString("[\n")
	return w, err
}

func (w *listWriter) write(p *practice.Practice) error {
	if w.count++; w.count > 1 {
		w.out.WriteString(",\n") // its error comes with the next
	}
	if err := w.json.Encode(NewPractice(p)); err != nil {
		return fmt.Errorf("write %s: %w", p.Slug, err)
	}
	return nil
}

func (w *listWriter) close() error {
	if w.count > 0 {
		w.out.WriteString("\n") // its error comes with the next
	}
	w.out.WriteString("]\n")
	return w.out.Flush()
}

// lineWriter writes JSON Lines.
type lineWriter struct {
	out  *bufio.Writer
	json *json.Encoder
}

func newLineWriter(out io.Writer) lineWriter {
	w := lineWriter{out: bufio.NewWriter(out)}
	w.json = json.NewEncoder(w.out)
	w.json.SetEscapeHTML(false)
	return w
}

func (w lineWriter) write(p *practice.Practice) error {
	if err := w.json.Encode(NewPractice(p)); err != nil {
		return fmt.Errorf("write %s: %w", p.Slug, err)
	}
	return nil
}

func (w lineWriter) close() error { return w.out.Flush() }

// trimEnd leaves out the line end that the encoder puts behind a value, for the comma
// comes first.
type trimEnd struct{ out io.Writer }

func (t trimEnd) Write(value []byte) (int, error) {
	n, err := t.out.Write(value[:len(value)-1])
	return n + 1, err
}
