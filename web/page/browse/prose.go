package browse

import (
	"slices"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	asked "exempla/web/page/enquiry"
	"exempla/web/page/frame"
)

// Prose is a page of text, such as the help. Its words are messages
// "<name>.title", "<name>.lede" and "<name>.<block>".
type Prose struct {
	ProseInput
	Meta   frame.Meta
	Blocks []Block
}

// ProseInput says which page of prose it is, and what the site changes in it.
type ProseInput struct {
	Name   string            // one of ProsePages
	About  string            // what the site says of itself, in place of ownWords; empty for these
	Facets []catalogue.Facet // that the listing shows
}

// Block is a heading and the paragraphs under it.
type Block struct {
	Heading    string // empty for a block that continues
	Paragraphs []Paragraph
}

// Paragraph is a message, and maybe a link after it.
type Paragraph struct {
	Text string
	Link frame.Link // zero for none
}

// statementDate is when the accessibility statement was last gone through.
var statementDate = time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC)

// outline lists the messages of each page in their order; a name with "#" is a
// heading.
var outline = map[string][]string{
	link.About: {"about.what", "about.who", "#about.reading", "about.honest", "about.languages", "#about.from", "about.source", "about.sample", "about.cities", "#about.publisher", "publisher.by", "publisher.contact"},
	link.Help:  {"help.short", "#help.filter", "help.or", "help.count", "help.year", "help.unknown", "#help.search", "help.words", "help.quotes", "#help.keep", "help.address", "help.list", "help.back"},
	link.Accessibility: {"accessibility.aim", "#accessibility.covers", "accessibility.scope", "#accessibility.conforms", "accessibility.status", "accessibility.limits", "#accessibility.works", "accessibility.keyboard", "accessibility.script", "accessibility.zoom", "#accessibility.tested", "accessibility.how", "accessibility.method", "accessibility.date",
		"#accessibility.tell", "accessibility.feedback", "publisher.by", "publisher.contact", "#accessibility.complain", "accessibility.enforcement"},
	link.Privacy: {"privacy.short", "#privacy.stored", "privacy.cookies", "privacy.device", "privacy.log", "privacy.enquiry", "#privacy.following", "privacy.followed", "#privacy.accounts", "privacy.account", "privacy.session", "privacy.record", "privacy.erase", "#privacy.others", "privacy.third", "#privacy.responsible", "publisher.by", "publisher.contact"},
}

// ProsePages are the names of the pages of prose.
var ProsePages = []string{link.About, link.Help, link.Accessibility, link.Privacy}

// ownWords are the messages of the page about the site in whose place a text of its own
// stands: what it is, for whom, and where the sample catalogue comes from. What has to be
// true of every site stays.
var ownWords = []string{"about.what", "about.who", "about.source", "about.sample"}

// aboutFacets are the messages about facets, with those of which the listing has to show
// one for them to be true.
var aboutFacets = map[string][]catalogue.Facet{
	"about.honest": catalogue.Facets, "help.short": catalogue.Facets, "help.or": catalogue.Facets, "help.count": catalogue.Facets,
	"help.year": {catalogue.Year}, "help.unknown": {catalogue.Year, catalogue.Status},
}

// leavesOut reports whether the page lacks a message.
func (in ProseInput) leavesOut(key string) bool {
	of, ok := aboutFacets[key]
	if ok && !slices.ContainsFunc(of, func(f catalogue.Facet) bool { return slices.Contains(in.Facets, f) }) {
		return true
	}
	return in.About != "" && slices.Contains(ownWords, key)
}

// NewProse makes a page of prose. What depends on a setting that is not set is left out,
// with its heading if nothing else is under it.
func NewProse(l *locale.Locale, f frame.Frame, in ProseInput) Prose {
	p := Prose{ProseInput: in, Meta: proseMeta(l, f, in.Name), Blocks: []Block{{}}}
	for _, key := range outline[in.Name] {
		if in.leavesOut(key) {
			continue
		}
		if key[0] == '#' {
			p.Blocks = append(p.Blocks, Block{Heading: l.T(key[1:])})
			continue
		}
		last := &p.Blocks[len(p.Blocks)-1]
		if paragraph := newParagraph(l, f, key); paragraph.Text != "" {
			last.Paragraphs = append(last.Paragraphs, paragraph)
		}
	}
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b Block) bool { return len(b.Paragraphs) == 0 })
	return p
}

// newParagraph fills in what a message needs; the zero value if that is not set.
func newParagraph(l *locale.Locale, f frame.Frame, key string) Paragraph {
	by := f.By
	switch {
	case key == "publisher.by" && by.Name == "", (key == "publisher.contact" || key == "accessibility.feedback") && by.Contact == "",
		key == "accessibility.enforcement" && by.Enforcement == "":
		return Paragraph{}
	case key == "privacy.enquiry":
		return Paragraph{Text: l.N(key, asked.Days(enquiry.KeepMail))}
	case key == "publisher.by":
		return Paragraph{Text: l.T(key, "Name", by.Name)}
	case key == "publisher.contact":
		return Paragraph{l.T(key), frame.Link{Label: by.Contact, Path: link.Mail(by.Contact)}}
	case key == "accessibility.scope":
		return Paragraph{Text: l.T(key, "Site", f.Site.Absolute("/"))}
	case key == "accessibility.date":
		return Paragraph{Text: l.T(key, "Date", l.Date(statementDate))}
	case key == "accessibility.enforcement" && by.EnforcementURL != "":
		return Paragraph{l.T(key, "Name", by.Enforcement), frame.Link{Label: by.EnforcementURL, Path: by.EnforcementURL}}
	case key == "accessibility.enforcement":
		return Paragraph{Text: l.T(key, "Name", by.Enforcement)}
	}
	return Paragraph{Text: l.T(key)}
}

// proseMeta describes a page whose words are all messages.
func proseMeta(l *locale.Locale, f frame.Frame, name string) frame.Meta {
	path := link.Page(l.Tag(), name)
	return frame.Meta{Title: l.T(name + ".title"), Description: l.T(name + ".lede"), Frame: f, Path: path,
		Canonical: path, Kind: "website", Skip: frame.ToContent, Current: name}
}

// Template is the blank form for collecting a practice, with guidance for each part.
// It can be printed and filled in by hand.
type Template struct {
	Meta     frame.Meta
	Limits   submission.Limits
	Parts    []string // message names of the parts before the sections
	Sections []practice.Section
}

// NewTemplate makes the page.
func NewTemplate(l *locale.Locale, f frame.Frame, limits submission.Limits) Template {
	return Template{Meta: proseMeta(l, f, link.Template), Limits: limits, Sections: practice.Sections,
		Parts: []string{"title", "place", "period", "topics", "summary"}}
}

// limit says how many words a text may have; empty for what has no limit.
func (t Template) limit(l *locale.Locale, part submission.Part) string {
	most := t.Limits.MostWords(part)
	if most == 0 {
		return ""
	}
	return l.T("part.words", "Limit", most)
}

// guidance says what belongs in a part before the sections.
func (t Template) guidance(l *locale.Locale, part string) string {
	if submission.Part(part) == submission.Topics {
		return component.TopicGuidance(l, t.Limits.MostTopics())
	}
	return l.T("template.part." + part + ".guidance")
}
