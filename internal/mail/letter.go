// Package mail composes mails in the receiver's language and sends them: to a mail
// server, or to an outbox in memory. It does not know why a mail is sent, nor
// who else gets one.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/theme"
)

// Letter is the content of a mail to one person, before it is put into words.
type Letter struct {
	Number    int64  // unique on the site; the same for every attempt to send it
	Kind      string // its words are messages "mail.<kind>.…"
	To        string // address
	Name      string // of the receiver; empty for unknown
	Locale    *locale.Locale
	Site      link.Site
	Path      string              // of the page it links to
	Until     time.Time           // when the link expires; zero for never
	Roles     []account.Role      // of the receiver
	Gained    []account.Role      // those of them that are new
	Lost      []account.Role      // that the receiver no longer has
	Cities    []account.City      // for which the receiver speaks
	Alarm     bool                // whether it should worry who did not do this
	By        string              // name of the person whose action it reports; empty for unknown
	Title     string              // of the submission
	Reference string              // of the submission
	Cause     submission.Cause    // of a rejection; empty for none
	Reason    string              // in an editor's words; empty for none
	Language  string              // of the reason, as a tag; empty for unknown
	Decision  submission.Decision // what was decided; empty for nothing
	Again     bool                // whether it was submitted before
	Decided   bool                // whether it is a decision, which comments are beside
	Comments  []Comment           // what editors ask for, in any order
	Changed   []submission.Part   // by an editor who has corrected a text
	Question  bool                // what somebody without an account has written: whether it is no report
	Asked     time.Time           // when; zero for mails about anything else
	Kept      int                 // for how many days the receiver's address is kept after it; 0 for not said
	Due       time.Time           // the end of the usual time to decide; zero for none
	Since     time.Time           // of an event in a digest: when it was
	Events    []Letter            // of a digest; only what they tell counts, not to whom
	News      []News              // of an alert
	More      int                 // practices that it does not list
	Stop      string              // path by which the reader of an alert stops them
	OneClick  string              // path by which a mail program does; empty for mails that are no alerts
	Colours   theme.Colours       // of the site
}

// Comment is what an editor asks for in one part of a submission.
type Comment struct {
	Part submission.Part // empty for a note on the whole
	Text string
}

// Mail is a composed letter.
type Mail struct {
	ID      string // for the header Message-ID, without its brackets
	To      string
	From    string // name of the site
	Tag     string // of the language
	Subject string
	Text    string
	HTML    string
	Link    string // URL of the page it links to
	Stop    string // URL by which a mail program stops such mails (RFC 8058); empty for none
}

// written is a letter put into words. Text and HTML are both rendered from it, so
// that they cannot say different things.
type written struct {
	l        *locale.Locale
	style    string // with the colours of the site; empty for none
	subject  string
	greeting string
	body
	events  []body // of a digest, or an alert
	more    string // says how many it does not list; empty for none
	choose  string // says where it is chosen which mails come; empty for who may have no account yet
	choices string // URL of that page
	closing string
	home    string
}

// body is what a letter tells, or one event of a digest.
type body struct {
	title                        string // of an event; empty for a letter that tells only one thing
	moment                       string // of an event
	intro                        string
	titleLanguage, introLanguage string // as tags, where they are not the language of the mail
	alarm                        string // what to do about it if it was somebody else; empty for nothing
	sentence                     string // the reason that is common, in the language of the mail; empty for none
	reason                       string // in an editor's words
	language                     string // of these words, as a tag; empty for unknown
	told                         string // says so, where it is not the language of the mail
	changes                      string // introduces which parts of a text are changed; empty where something else does
	changed                      []string
	gained                       string // which roles; empty for none
	lost                         string // likewise
	remarks                      string // introduces what editors say; empty where the letter does
	groups                       []group
	label                        string // of the link
	link                         string
	until                        string // when the link expires or an address is deleted; empty for neither
}

// group holds what editors ask for in one part.
type group struct {
	title string
	texts []string
}

// Compose renders a letter as text and as HTML. The error is that of the HTML
// template.
func Compose(letter Letter) (Mail, error) {
	w := write(letter)
	var html bytes.Buffer
	if err := w.html().Render(locale.With(context.Background(), letter.Locale), &html); err != nil {
		return Mail{}, fmt.Errorf("render a mail: %w", err)
	}
	made := Mail{ID: id(letter), To: letter.To, From: oneLine(letter.Locale.SiteName()), Tag: letter.Locale.Tag(), Subject: w.subject, Text: w.text(), HTML: html.String(), Link: w.link}
	if letter.OneClick != "" {
		made.Stop = letter.Site.Absolute(letter.OneClick)
	}
	return made, nil
}

func write(letter Letter) written {
	l := letter.Locale
	w := written{l: l, style: letter.Colours.MailStyle(), subject: subject(letter), greeting: l.T("mail.greeting.nameless"), body: tell(letter),
		choices: letter.Site.Absolute(link.Account(l.Tag(), link.MailsPart)),
		closing: l.T("mail.closing"), home: letter.Site.Absolute(link.Catalogue(l.Tag()))}
	switch {
	case letter.Stop != "":
		w.choose, w.choices = l.T("mail.alert.why"), letter.Site.Absolute(letter.Stop)
	case letter.Until.IsZero() && !slices.Contains([]string{"account_disabled", "reply", "closed", "follow"}, letter.Kind): // who cannot sign in chooses nothing
		w.choose = l.T("mail.choose")
	}
	if letter.Name != "" {
		w.greeting = l.T("mail.greeting", "Name", letter.Name)
	}
	for _, event := range letter.Events {
		event.Locale, event.Site = l, letter.Site
		b := tell(event)
		b.title, b.moment = subject(event), stamp(l, event.Since)
		w.events = append(w.events, b)
	}
	for _, n := range letter.News {
		w.events = append(w.events, n.told(letter))
	}
	if letter.More > 0 {
		w.more = l.N("mail.alert.more", letter.More)
	}
	return w
}

// tell puts what a letter tells into words.
func tell(letter Letter) body {
	l := letter.Locale
	b := body{intro: say(letter, "text"), label: say(letter, "action"), reason: letter.Reason, language: letter.Language,
		groups: grouped(l, letter.Comments), link: letter.Site.Absolute(letter.Path)}
	if letter.Cause.Known() {
		b.sentence = l.T("cause." + string(letter.Cause))
	}
	if letter.Reason != "" && letter.Language != "" && letter.Language != l.Tag() {
		b.told = l.T("mail.reason.language", "Language", l.Language(letter.Language))
	}
	if letter.Alarm {
		b.alarm = l.T("mail.alarm")
	}
	if len(letter.Changed) > 0 {
		b.changes = l.T("mail.changed")
		for _, part := range letter.Changed {
			b.changed = append(b.changed, partName(l, part))
		}
	}
	if len(letter.Gained) > 0 {
		b.gained = l.T("mail.gained", "Roles", roles(l, letter.Gained))
	}
	if len(letter.Lost) > 0 {
		b.lost = l.T("mail.lost", "Roles", roles(l, letter.Lost))
	}
	if letter.Decided && len(letter.Comments) > 0 {
		b.remarks = l.T("mail.remarks")
	}
	if letter.Kept > 0 {
		b.until = l.N("mail.reply.kept", letter.Kept)
	}
	if !letter.Until.IsZero() {
		b.until = l.T("mail.until", "Date", stamp(l, letter.Until))
	}
	return b
}

// say is one of the messages of a letter's kind.
func say(letter Letter, what string) string {
	if letter.Again && letter.Kind == "submitted" && what != "action" {
		what += "_again"
	}
	if letter.Question && slices.Contains([]string{"enquiry", "reply", "closed"}, letter.Kind) && what != "action" {
		what += "_question"
	}
	if letter.Kind == "cities_changed" && what == "text" && len(letter.Cities) == 0 {
		what = "text_none"
	}
	var decided string
	if letter.Decision != "" {
		decided = letter.Locale.T("mail.decision." + string(letter.Decision))
	}
	return letter.Locale.T("mail."+letter.Kind+"."+what, "What", decided, "Title", letter.Title, "Reference", letter.Reference, "By", by(letter),
		"Role", roles(letter.Locale, letter.Roles), "Date", letter.Locale.Date(cmp.Or(letter.Due, letter.Asked).UTC()),
		"Cities", cities(letter))
}

// cities names those of the receiver as they call them.
func cities(letter Letter) string {
	var names []string
	for _, c := range letter.Cities {
		names = append(names, c.In(practice.Language(letter.Locale.Tag())))
	}
	return letter.Locale.And(names)
}

// styled is an element with a style sheet, which ends at its end whatever stands in it.
func styled(sheet string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<style>"+strings.ReplaceAll(sheet, "<", "")+"</style>")
		return err
	})
}

func subject(letter Letter) string { return oneLine(say(letter, "subject")) }

// stamp writes a date with the time of day.
func stamp(l *locale.Locale, t time.Time) string {
	return l.T("time.stamp", "Date", l.Date(t.UTC()), "Time", t.UTC().Format("15:04"))
}

// by returns the name of the person who acted. Erased people and the program itself
// have none.
func by(letter Letter) string {
	if letter.By == "" {
		return letter.Locale.T("mail.somebody")
	}
	return letter.By
}

// roles names roles in one phrase.
func roles(l *locale.Locale, list []account.Role) string {
	var names []string
	for _, r := range list {
		names = append(names, l.T("people.role."+string(r)))
	}
	return l.And(names)
}

// grouped sorts comments by the order of the form, those on the whole text first.
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

// oneLine removes everything from a header's value that could start another header.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == ' ' }), " ")
}

// id is the same for every attempt to send a letter, so that a mail that arrives
// twice, because a reply was lost, can be recognised as one.
func id(letter Letter) string {
	_, host, _ := strings.Cut(string(letter.Site), "://")
	host, _, _ = strings.Cut(strings.Trim(host, "/"), ":")
	return fmt.Sprintf("%s.%d@%s", letter.Kind, letter.Number, host)
}
