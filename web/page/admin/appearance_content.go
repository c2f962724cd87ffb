package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/theme"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the form about what the site has in it.
const (
	TopicsField = "topics"
	FacetsField = "facets"
	AboutField  = "about"

	MostTopicsField = "most-topics"
	MostFilesField  = "most-files"
)

// WordsLimitField is the field for the most words of a part.
func WordsLimitField(p submission.Part) string { return "most-words-" + string(p) }

// TopicField is the field for the site's own name of a topic.
func TopicField(topic practice.Topic) string { return "topic-" + string(topic) }

// contentFields are the fields of the form for what stands at paths of a theme.
var contentFields = map[string]string{"topics_off": TopicsField, "facets_off": FacetsField, "limits.topics": MostTopicsField, "limits.files": MostFilesField}

// ContentFieldOf is the field of the form for what stands at a path of a theme, with words
// in a language; empty if the form has none.
func ContentFieldOf(path, tag string) string {
	if topic, ok := strings.CutPrefix(path, "words."+tag+"."+theme.TopicName("")); ok {
		return TopicField(practice.Topic(topic))
	}
	if part, ok := strings.CutPrefix(path, "limits.words."); ok {
		return WordsLimitField(submission.Part(part))
	}
	if path == theme.AboutPath(tag) {
		return AboutField
	}
	return contentFields[path]
}

// ContentInput is what the page about what the site has in it shows.
type ContentInput struct {
	Latest   int64          // version; 0 for none
	Language *locale.Locale // of names and texts, in the words of the program
	Theme    theme.Theme
	Typed    map[string]string // what was typed for limits, by field; nil for what the theme says
	Note     string
	Problems component.Problems
}

// Limit is a field for a limit.
type Limit struct {
	component.Field
	Standard int // the program's
}

// limits are those of the form, in its order.
func (p Content) limits(l *locale.Locale) (list []Limit) {
	add := func(id, label string, own, standard int) {
		f := component.Field{ID: id, Label: label, Value: p.Typed[id], Problem: p.Problems.At(id)}
		if own != 0 && p.Typed == nil {
			f.Value = strconv.Itoa(own)
		}
		list = append(list, Limit{f, standard})
	}
	limits := p.Theme.Limits
	for _, part := range submission.LongTexts {
		add(WordsLimitField(part), l.T("appearance.limit_words", "Part", component.PartName(l, part)), limits.Words[part], part.Words())
	}
	add(MostTopicsField, l.T("appearance.limit_topics"), limits.Topics, submission.MaxTopics)
	add(MostFilesField, l.T("appearance.limit_files"), limits.Files, submission.MaxFiles)
	return list
}

// Address is the query by which the page is found again.
func (in ContentInput) Address() string { return contentIn(in.Language.Tag()) }

func contentIn(tag string) string { return url.Values{LanguageField: {tag}}.Encode() }

// Content is the page about what the site has in it.
type Content struct {
	ContentInput
	Meta   frame.Meta
	Topics []practice.Topic // in the alphabet of the language
}

// NewContent makes the page.
func NewContent(l *locale.Locale, f frame.Frame, in ContentInput) Content {
	p := Content{ContentInput: in, Topics: slices.Clone(practice.Topics), Meta: adminMeta(f, l.T("appearance.content"), link.AppearanceContent(l.Tag(), ""))}
	slices.SortFunc(p.Topics, func(a, b practice.Topic) int { return in.Language.Compare(p.standard(a), p.standard(b)) })
	p.Meta.Query = in.Address()
	p.Meta.Problems = len(in.Problems) > 0
	p.Meta.Scripts = []string{"prose.js"}
	return p
}

// standard is the program's name of a topic.
func (p Content) standard(topic practice.Topic) string {
	return p.Language.T(theme.TopicName(topic))
}

// own is the site's name of a topic; empty for the program's.
func (p Content) own(topic practice.Topic) string {
	return p.Theme.Words[p.Language.Tag()][theme.TopicName(topic)]["other"]
}

// languages are the tags of those that the site offers, as set.
func (p Content) languages() (tags []string) {
	for _, l := range locale.All() {
		if offers(p.Theme, l.Tag()) {
			tags = append(tags, l.Tag())
		}
	}
	return tags
}

// shows reports whether the listing shows a facet, as set.
func (p Content) shows(f catalogue.Facet) bool { return !slices.Contains(p.Theme.FacetsOff, f.Name()) }
