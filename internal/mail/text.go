package mail

import "strings"

// text renders the letter as plain text. It does not use a template, whose HTML
// escaping would be wrong here.
func (w written) text() string {
	var b strings.Builder
	paragraph := func(text string) {
		if text != "" {
			b.WriteString(text + "\n\n")
		}
	}
	paragraph(w.greeting)
	w.plain(paragraph)
	for _, event := range w.events {
		paragraph("* " + event.title + "\n  " + event.moment)
		event.plain(paragraph)
		event.way(paragraph)
	}
	paragraph(w.more)
	w.body.way(paragraph)
	b.WriteString("-- \n")
	if w.choose != "" {
		b.WriteString(w.choose + "\n" + w.choices + "\n\n")
	}
	b.WriteString(w.closing + "\n" + w.home + "\n")
	return b.String()
}

// plain writes what is told, paragraph by paragraph.
func (b body) plain(paragraph func(string)) {
	paragraph(b.intro)
	paragraph(b.alarm)
	paragraph(b.sentence)
	paragraph(b.told)
	paragraph(quoted(b.reason, "> "))
	if len(b.changed) > 0 {
		paragraph(strings.TrimPrefix(b.changes+"\n- "+strings.Join(b.changed, "\n- "), "\n"))
	}
	paragraph(b.gained)
	paragraph(b.lost)
	paragraph(b.remarks)
	for _, g := range b.groups {
		paragraph(g.title)
		for _, text := range g.texts {
			paragraph(quoted(text, "> "))
		}
	}
}

// way writes the link.
func (b body) way(paragraph func(string)) {
	paragraph(b.label + "\n" + b.link)
	paragraph(b.until)
}

// quoted puts a mark before every line, as mails quote other people.
func quoted(text, mark string) string {
	if text == "" {
		return ""
	}
	return mark + strings.Join(lines(text), "\n"+mark)
}

// lines splits a text at any kind of line ending.
func lines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimSpace(text)), "\n")
}
