package browse

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/citation"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// PracticeInput is a practice, the result it was opened from, and what the
// viewer may do with it.
type PracticeInput struct {
	Practice     practice.Practice
	Language     practice.Language    // of the text asked for; empty for the reader's own
	Selection    catalogue.Selection  // the result it was opened from
	Neighbours   catalogue.Neighbours // in that result
	Today        time.Time
	MayPropose   bool // whether the viewer may propose a change
	MayTranslate bool
	Key          string                       // of the forms by which a change is proposed, or a correction begun
	Changes      []submission.PublishedChange // the latest first
	Related      []catalogue.Related
	Cities       []catalogue.Value     // those that it shares with others, with the number of practices
	Topics       []catalogue.Value     // likewise
	Collections  []practice.Collection // that it is in
	Questions    []enquiry.Enquiry     // published ones with their answers
	Keywords     []string              // as they are called in the reader's language
}

// Practice is the page of one practice.
type Practice struct {
	PracticeInput
	Meta    frame.Meta
	Text    practice.Text
	Back    string // in words: where "back" leads
	Cited   citation.Work
	Similar []Related

	Pictures, Documents []practice.Attachment
	FileLanguage        practice.Language // of their names and descriptions
}

// NewPractice makes the page in a reader's language.
func NewPractice(l *locale.Locale, f frame.Frame, in PracticeInput) Practice {
	p := Practice{PracticeInput: in, Similar: related(l, in.Related, in.Selection.List)}
	p.Text, _ = in.Practice.Text(p.textLanguages(l)...)
	p.Back = p.back(l)
	p.Cited = Cite(l, CiteInput{in.Practice, p.Text, f.Site, in.Today})
	p.Meta = p.meta(l, f)
	p.sortFiles()
	return p
}

// sortFiles parts the files into pictures and documents. A text that has none, such as a
// translation that came with an import, is shown with those of the original.
func (p *Practice) sortFiles() {
	from := p.Text
	if len(from.Attachments) == 0 {
		from = p.original()
	}
	p.FileLanguage = from.Language
	for _, a := range from.Attachments {
		if a.IsPicture() {
			p.Pictures = append(p.Pictures, a)
		} else {
			p.Documents = append(p.Documents, a)
		}
	}
	if len(from.Attachments) > 0 {
		p.Meta.Styles = append(p.Meta.Styles, "files.css")
	}
}

// changeLabel says what was published, and by whom.
func (p Practice) changeLabel(l *locale.Locale, c submission.PublishedChange) string {
	key := "practice.history." + string(c.Kind)
	if c.Corrected {
		key = "practice.history.corrected"
	}
	label := l.T(key)
	if c.Kind == submission.Translation || c.Language != p.original().Language {
		label += l.T("place.comma") + l.Language(string(c.Language))
	}
	return label
}

// Section is a section as it is shown: in the original where the text has no words
// of its own for it.
type Section struct {
	practice.SectionText
	Language practice.Language
	Note     bool // whether to say in which language it is
}

// Sections are the sections with text, and the one of the documents if there are
// any. What nobody has translated follows in the original, so that a reader of any
// language has the whole practice on one page.
func (p Practice) Sections() []Section {
	var list []Section
	original, language := p.original(), p.Text.Language
	for _, name := range practice.Sections {
		s := Section{practice.SectionText{Section: name, Text: p.Text.Sections[name]}, p.Text.Language, false}
		if s.Text == "" && original.Sections[name] != "" {
			s.Text, s.Language = original.Sections[name], original.Language
			// Titles of documents are in the languages of the documents anyway.
			s.Note = s.Language != language && name != practice.Documents
		}
		if s.Text == "" && (name != practice.Documents || len(p.Documents) == 0) {
			continue
		}
		language = s.Language
		list = append(list, s)
	}
	return list
}

// cities are the practice's cities by their keys.
func (p Practice) cities() Cities {
	cities := Cities{}
	for _, city := range p.Practice.Place.Cities {
		cities[catalogue.CityKey(city)] = city
	}
	return cities
}

// partly reports whether sections follow in the language of the original.
func (p Practice) partly() bool {
	return slices.ContainsFunc(p.Sections(), func(s Section) bool { return s.Note })
}

// short reports whether the page has no more than a summary to read.
func (p Practice) short() bool { return len(p.Sections()) == 0 && len(p.Pictures) == 0 }

// original is the text from which the others are translated.
func (p Practice) original() practice.Text {
	if len(p.Practice.Texts) == 0 {
		return practice.Text{}
	}
	return p.Practice.Texts[0]
}

// wording is the period in the words of the source, where these say something else
// than the page.
func (p Practice) wording(l *locale.Locale) string {
	said := p.Practice.Period.Wording
	if component.Period(l, practice.ParsePeriod(said), p.Today) == component.Period(l, p.Practice.Period, p.Today) {
		return ""
	}
	return said
}

func (p Practice) textLanguages(l *locale.Locale) []practice.Language {
	own := practice.Language(l.Tag())
	return []practice.Language{cmp.Or(p.Language, own), own}
}

func (p Practice) back(l *locale.Locale) string {
	if !p.Selection.Narrowed() {
		return l.T("practice.all")
	}
	return l.N("practice.back", p.Neighbours.Total, "Said", strings.Join(p.cities().Phrases(l, p.Selection), l.T("place.comma")))
}

// backPath is the address of the practice in the result that it was opened from.
func (p Practice) backPath(l *locale.Locale) string {
	if p.Neighbours.Rank == 0 {
		return link.Browse(l.Tag(), p.Selection.OnPage(1))
	}
	page := (p.Neighbours.Rank-1)/p.Selection.Size + 1
	return link.Browse(l.Tag(), p.Selection.OnPage(page)) + link.Entry(p.Practice.Slug)
}

// query is that of the page as it is.
func (p Practice) query(l *locale.Locale) string {
	if p.Language == "" {
		return p.Selection.Query()
	}
	_, query, _ := strings.Cut(p.inLanguage(l, p.Language), "?")
	return query
}

// inLanguage is the page with the text in another language, with the reading list.
func (p Practice) inLanguage(l *locale.Locale, language practice.Language) string {
	return link.Keeping(link.Text(l.Tag(), p.Practice.Slug, language), p.Selection.List)
}

// descriptionLimit is how many characters of a description search engines show.
const descriptionLimit = 160

func (p Practice) meta(l *locale.Locale, f frame.Frame) frame.Meta {
	query := p.Selection.Query()
	m := frame.Meta{
		Title: p.title(l), Description: component.Excerpt(prose.Plain(p.Text.Summary), descriptionLimit), Frame: f,
		Path: link.Practice(l.Tag(), p.Practice.Slug), Query: query, Kind: "article", Current: "practice",
		Skip: frame.ToContent, Styles: []string{"cite.css"}, Unlisted: query != "" || p.Language != "",
	}
	m.Canonical, m.Card = m.Path, link.PracticeCard(l.Tag(), p.Practice.Slug)
	m.Data = p.structuredData(l, f.Site)
	for _, tag := range p.Cited.Tags() {
		m.Tags = append(m.Tags, frame.Tag(tag))
	}
	return m
}

// title is the practice's title with its city, unless the title names it.
func (p Practice) title(l *locale.Locale) string {
	cities := p.Practice.Place.Cities
	if len(cities) == 0 {
		return p.Text.Title
	}
	city := component.CityName(l, cities[0])
	if strings.Contains(p.Text.Title, city) {
		return p.Text.Title
	}
	return p.Text.Title + " – " + city
}

// textSuffix follows the language of a text in their list: that it is the original,
// and a comma unless it is the last.
func (p Practice) textSuffix(l *locale.Locale, at int) string {
	suffix := ""
	if len(p.Practice.Texts) > 1 && p.Practice.Texts[at].State == practice.Original {
		suffix = " " + l.T("practice.original")
	}
	if at+1 < len(p.Practice.Texts) {
		suffix += l.T("place.comma")
	}
	return suffix
}

// creativeWork is a practice in the vocabulary of schema.org.
type creativeWork struct {
	Context      string        `json:"@context"`
	Type         string        `json:"@type"`
	Name         string        `json:"name"`
	Abstract     string        `json:"abstract"`
	Language     string        `json:"inLanguage"`
	URL          string        `json:"url"`
	Based        string        `json:"isBasedOn,omitempty"`
	Modified     string        `json:"dateModified,omitempty"`
	Published    string        `json:"datePublished,omitempty"`
	Temporal     string        `json:"temporalCoverage,omitempty"`
	Places       []schemaPlace `json:"spatialCoverage"`
	Keywords     []string      `json:"keywords"`
	Organisation string        `json:"creator,omitempty"`
	Licence      string        `json:"license,omitempty"`
}

type schemaPlace struct {
	Type    string `json:"@type"`
	Name    string `json:"name"`
	Country string `json:"addressCountry,omitempty"`
}

// structuredData describes the practice for search engines.
func (p Practice) structuredData(l *locale.Locale, site link.Site) creativeWork {
	w := creativeWork{
		Context: "https://schema.org", Type: "CreativeWork", Name: p.Text.Title, Abstract: prose.Plain(p.Text.Summary),
		Language: string(p.Text.Language), URL: site.Absolute(link.Practice(l.Tag(), p.Practice.Slug)),
		Based: p.Practice.Source.URL, Modified: isoDay(p.Practice.Updated), Published: isoDay(p.Practice.Published),
		Temporal: temporal(p.Practice.Period), Organisation: p.Practice.Organisation, Licence: p.Practice.Licence,
	}
	for _, city := range p.Practice.Place.Cities {
		w.Places = append(w.Places, schemaPlace{"City", component.CityName(l, city), string(city.Country)})
	}
	for _, country := range p.Practice.Place.Countries {
		w.Places = append(w.Places, schemaPlace{Type: "Country", Name: l.Country(string(country))})
	}
	for _, topic := range p.Practice.Topics {
		w.Keywords = append(w.Keywords, l.T("topic."+string(topic)))
	}
	w.Keywords = append(w.Keywords, p.Keywords...)
	return w
}

// temporal writes a period as an ISO 8601 interval, open ends as "..".
func temporal(p practice.Period) string {
	switch start, end := isoDate(p.Start), isoDate(p.End); {
	case start == "" && (end == "" || p.Ongoing):
		return ""
	case start == "":
		return "../" + end
	case p.Ongoing:
		return start + "/.."
	case end == "":
		return start
	default:
		return start + "/" + end
	}
}

func isoDate(d practice.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return time.Date(d.Year, time.January, 1, 0, 0, 0, 0, time.UTC).Format("2006")
	}
	return time.Date(d.Year, d.Month, 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// isoDay is the day of a moment; empty for none.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// sourceKey is the message that says what is to be found at the source.
func (p Practice) sourceKey() string {
	switch source := p.Practice.Source; {
	case source.URL == "":
		return "practice.source"
	case source.Listing:
		return "practice.listed"
	}
	return "practice.story"
}

// sourceName is the name of the publisher, or the address if it has none.
func (p Practice) sourceName() string { return cmp.Or(p.Practice.Source.Name, p.Practice.Source.URL) }
