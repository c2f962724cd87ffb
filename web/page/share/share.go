// Package share has what the cards say that stand for pages where somebody shares their
// links.
package share

import (
	"slices"
	"strings"
	"time"

	"exempla/internal/card"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/typeset"
	"exempla/web/component"
)

// Practice is the card of a practice. Its title is the reader's; where there is no font
// for that, the English or the original one.
func Practice(l *locale.Locale, p practice.Practice, today time.Time) card.Card {
	text, _ := p.Text(practice.Language(l.Tag()))
	var topics []string
	for _, topic := range p.Topics {
		topics = append(topics, l.T("topic."+string(topic)))
	}
	c := begin(l, strings.Join(topics, " · "))
	for _, t := range append([]practice.Text{text}, p.Texts...) {
		c.Titles = append(c.Titles, in(t.TitleLanguage, t.Title))
		if t.TitleEnglish != "" {
			c.Titles = append(c.Titles, in("en", t.TitleEnglish))
		}
	}
	c.Cover.Topic, c.Cover.Place = component.CoverSeed(p)
	c.Titles = slices.Compact(c.Titles)
	var places []string
	for _, spot := range component.Spots(l, p.Place) {
		places = append(places, spot.Phrase(l))
	}
	c.Facts = []card.Text{said(l, strings.Join(places, " · ")), said(l, component.Period(l, p.Period, today))}
	return c
}

// ListInput is a list of practices.
type ListInput struct {
	Kind      string            // what kind of list it is; empty for that of all
	Title     string            // what it is called
	Language  practice.Language // of the title
	Practices int               // how many there are
	Topic     string            // if they have one in common
}

// List is the card of a list.
func List(l *locale.Locale, list ListInput) card.Card {
	c := begin(l, list.Kind)
	c.Titles = []card.Text{in(list.Language, list.Title)}
	c.Cover = card.Seed{Topic: list.Topic, Place: list.Title}
	c.Facts = []card.Text{said(l, l.N("browse.count", list.Practices))}
	return c
}

// begin begins a card in a reader's language.
func begin(l *locale.Locale, kicker string) card.Card {
	return card.Card{RightToLeft: l.Dir() == "rtl", Site: said(l, l.SiteName()), Language: said(l, l.Name()), Kicker: said(l, kicker)}
}

// said is a text in the reader's language.
func said(l *locale.Locale, text string) card.Text { return in(practice.Language(l.Tag()), text) }

func in(language practice.Language, text string) card.Text {
	return card.Text{Voice: typeset.Voice{Language: string(language), RightToLeft: locale.Direction(string(language)) == "rtl"}, Text: text}
}
