package theme

import (
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Offer is what readers of the site choose from.
func (t Theme) Offer() catalogue.Offer {
	o := catalogue.Offer{WithoutTopics: t.TopicsOff}
	for _, f := range catalogue.Facets {
		if slices.Contains(t.FacetsOff, f.Name()) {
			o.WithoutFacets = append(o.WithoutFacets, f)
		}
	}
	return o
}

// Offers reports whether the site offers a topic.
func (t Theme) Offers(topic practice.Topic) bool { return !slices.Contains(t.TopicsOff, topic) }

// Topics are those that the site offers, in the order of the taxonomy.
func (t Theme) Topics() []practice.Topic {
	return slices.DeleteFunc(slices.Clone(practice.Topics), func(topic practice.Topic) bool { return !t.Offers(topic) })
}

// checkContent lists what is wrong with what the site offers.
func (t Theme) checkContent() (faults []Fault) {
	for _, topic := range t.TopicsOff {
		if !topic.Known() {
			faults = append(faults, Fault{Path: "topics_off", Why: "no_topic", What: string(topic)})
		}
	}
	if len(t.Topics()) == 0 {
		faults = append(faults, Fault{Path: "topics_off", Why: "no_topic_left"})
	}
	for _, name := range t.FacetsOff {
		if !slices.ContainsFunc(catalogue.Facets, func(f catalogue.Facet) bool { return f.Name() == name }) {
			faults = append(faults, Fault{Path: "facets_off", Why: "no_facet", What: name})
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(t.About)) {
		if _, ok := locale.Find(tag); !ok {
			faults = append(faults, Fault{Path: AboutPath(tag), Why: "no_language", What: tag})
		}
		if utf8.RuneCountInString(t.About[tag]) > MaxAbout {
			faults = append(faults, Fault{Path: AboutPath(tag), Why: tooLong, Most: MaxAbout})
		}
	}
	return append(faults, t.checkLimits()...)
}

// checkLimits lists the limits that the program cannot keep.
func (t Theme) checkLimits() (faults []Fault) {
	check := func(path string, limit int, of submission.Bounds) {
		if limit != 0 && !of.Has(limit) {
			faults = append(faults, Fault{Path: path, Why: "bounds", What: strconv.Itoa(limit), Bounds: of})
		}
	}
	for _, part := range slices.Sorted(maps.Keys(t.Limits.Words)) {
		if !slices.Contains(submission.LongTexts, part) {
			faults = append(faults, Fault{Path: "limits.words", Why: "no_part", What: string(part)})
			continue
		}
		check("limits.words."+string(part), t.Limits.Words[part], submission.WordsBounds(part))
	}
	check("limits.topics", t.Limits.Topics, submission.TopicsBounds)
	check("limits.files", t.Limits.Files, submission.FilesBounds)
	return faults
}

// AboutPath is where in a theme the text about the site stands in a language.
func AboutPath(tag string) string { return "about." + tag }

// SetAbout sets the text about the site in a language; empty brings the program's back.
func (t *Theme) SetAbout(tag, text string) {
	delete(t.About, tag)
	switch {
	case text != "" && t.About == nil:
		t.About = map[string]string{tag: text}
	case text != "":
		t.About[tag] = text
	}
}

// TopicName is the key of the message that names a topic.
func TopicName(topic practice.Topic) string { return "topic." + string(topic) }

// Vocabulary are the names of countries, and of topics as a site calls them, in all
// languages of the program: searches find in each.
func Vocabulary(of *locale.Set) catalogue.Vocabulary {
	v := catalogue.Vocabulary{
		Countries: func(reader practice.Language, c practice.Country) []string {
			l, _ := of.Find(string(reader))
			return l.CountryNames(string(c))
		},
		Topic: func(reader practice.Language, topic practice.Topic) string {
			l, _ := of.Find(string(reader))
			return l.T(TopicName(topic))
		},
	}
	for _, l := range locale.All() {
		v.Languages = append(v.Languages, practice.Language(l.Tag()))
	}
	return v
}

// renamesTopics reports whether a site calls any topic otherwise than the program.
func (t Theme) renamesTopics() bool {
	for _, words := range t.Words {
		for _, topic := range practice.Topics {
			if words[TopicName(topic)] != nil {
				return true
			}
		}
	}
	return false
}
