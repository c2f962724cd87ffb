package mail

import (
	"exempla/internal/locale"
	"exempla/internal/submission"
)

// News is a practice that an alert tells of.
type News struct {
	Title         string
	TitleLanguage string // as a tag, as those below
	Summary       string
	Language      string // of the summary
	New           bool
	Archived      bool
	Reason        string   // why it is, in an editor's words
	Changes       []Change // of one that is not new; empty for what no part of the text says
	Path          string
}

// Change is what is different in the text of one language.
type Change struct {
	Language string
	Added    bool // whether there was none before
	Parts    []submission.Part
}

// told is the news as an event of the letter.
func (n News) told(letter Letter) body {
	l := letter.Locale
	b := body{title: oneLine(n.Title), titleLanguage: n.TitleLanguage, link: letter.Site.Absolute(n.Path)}
	if n.New {
		b.moment, b.label = l.T("mail.alert.new"), l.T("mail.alert.read")
		b.intro, b.introLanguage = n.Summary, n.Language
		return b
	}
	if n.Archived {
		b.moment, b.label, b.reason = l.T("mail.alert.archived"), l.T("mail.alert.left"), n.Reason
		return b
	}
	b.moment, b.label = l.T("mail.alert.changed"), l.T("mail.alert.see")
	for _, c := range n.Changes {
		b.changed = append(b.changed, c.told(l)...)
	}
	if len(b.changed) == 0 {
		b.changed = []string{l.T("mail.alert.details")}
	}
	return b
}

// told names what is different, and the language unless it is the reader's.
func (c Change) told(l *locale.Locale) (list []string) {
	if c.Added {
		return []string{l.T("mail.alert.added", "Language", l.Language(c.Language))}
	}
	for _, part := range c.Parts {
		name := partName(l, part)
		if c.Language != l.Tag() && part.IsText() {
			name = l.T("mail.alert.part", "Part", name, "Language", l.Language(c.Language))
		}
		list = append(list, name)
	}
	return list
}
