// Package mail writes mails in the language of who receives them and hands
// them over: to a mail server, or to an outbox that is only looked at. It does
// not know why a mail is sent, nor whom else there is.
package mail

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Letter is everything that a mail tells one person.
type Letter struct {
	Number    int64  // tells it from all others of the site; a second try has the same
	Kind      string // its words are messages "mail.<kind>.…"
	To        string // address
	Name      string // of the receiver; empty for unknown
	Locale    *locale.Locale
	Site      link.Site
	Path      string // of the page it leads to
	Until     time.Time
	By        string // name of who did what is told; empty for unknown
	Title     string // of the submission, likewise the reference
	Reference string
	Cause     submission.Cause // of a rejection; empty for none
	Reason    string           // in an editor's words; empty for none
	Comments  []Comment        // what editors ask for, in any order
}

// Comment is what an editor asks for in one part of a submission.
type Comment struct {
	Part submission.Part // empty for a note on the whole
	Text string
}

// Mail is a letter as it is sent.
type Mail struct {
	ID      string // for the header Message-ID, without its brackets
	To      string
	Tag     string // of the language
	Subject string
	Text    string
	HTML    string
	Link    string // where it leads, absolute
}

// written is a letter whose words have been chosen. Both shapes of the mail are
// printed from it, so that they cannot tell different things.
type written struct {
	l        *locale.Locale
	subject  string
	greeting string
	intro    string
	reason   string
	groups   []group
	label    string // of the link
	link     string
	until    string // empty when the link lasts
	closing  string
	home     string
}

// group is what editors ask for in one part.
type group struct {
	title string
	texts []string
}

// Compose writes a letter as text and as HTML. It fails only where a page
// would fail to render.
func Compose(letter Letter) (Mail, error) {
	w := write(letter)
	var html bytes.Buffer
	if err := w.html().Render(locale.With(context.Background(), letter.Locale), &html); err != nil {
		return Mail{}, fmt.Errorf("render a mail: %w", err)
	}
	return Mail{ID: id(letter), To: letter.To, Tag: letter.Locale.Tag(), Subject: w.subject, Text: w.text(), HTML: html.String(), Link: w.link}, nil
}

func write(letter Letter) written {
	l := letter.Locale
	say := func(what string) string {
		return l.T("mail."+letter.Kind+"."+what, "Title", letter.Title, "Reference", letter.Reference, "By", by(letter))
	}
	w := written{l: l, subject: oneLine(say("subject")), intro: say("text"), label: say("action"), reason: explanation(letter),
		groups: grouped(l, letter.Comments), link: letter.Site.Absolute(letter.Path), greeting: l.T("mail.greeting.nameless"),
		closing: l.T("mail.closing"), home: letter.Site.Absolute(link.Catalogue(l.Tag()))}
	if letter.Name != "" {
		w.greeting = l.T("mail.greeting", "Name", letter.Name)
	}
	if !letter.Until.IsZero() {
		w.until = l.T("mail.until", "Date", l.Date(letter.Until))
	}
	return w
}

// explanation says why a text was rejected, in the language of the mail.
func explanation(letter Letter) string {
	if !letter.Cause.Known() {
		return letter.Reason
	}
	return submission.Explanation(letter.Locale.T("cause."+string(letter.Cause)), letter.Reason)
}

// by is whom the mail names; erased people and the program itself have no name.
func by(letter Letter) string {
	if letter.By == "" {
		return letter.Locale.T("mail.somebody")
	}
	return letter.By
}

// grouped puts comments in the order of the form, those on the whole text first.
func grouped(l *locale.Locale, comments []Comment) []group {
	var groups []group
	for _, part := range append([]submission.Part{""}, submission.Parts...) {
		var texts []string
		for _, r := range comments {
			if r.Part == part {
				texts = append(texts, strings.TrimSpace(r.Text))
			}
		}
		if len(texts) > 0 {
			groups = append(groups, group{partName(l, part), texts})
		}
	}
	return groups
}

func partName(l *locale.Locale, part submission.Part) string {
	switch {
	case part == "":
		return l.T("mail.whole")
	case practice.Section(part).Known():
		return l.T("section." + string(part))
	}
	return l.T("part." + string(part))
}

// oneLine leaves nothing in a header that could begin another one.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == ' ' }), " ")
}

// id is the same for every try to send a letter, so that a mail that arrives
// twice, because an answer was lost, can be known as one.
func id(letter Letter) string {
	_, host, _ := strings.Cut(string(letter.Site), "://")
	host, _, _ = strings.Cut(strings.Trim(host, "/"), ":")
	return fmt.Sprintf("%s.%d@%s", letter.Kind, letter.Number, host)
}
