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
	paragraph(w.intro)
	paragraph(w.alarm)
	paragraph(w.sentence)
	paragraph(w.told)
	paragraph(quoted(w.reason, "> "))
	paragraph(w.changed)
	for _, g := range w.groups {
		paragraph(g.title)
		for _, text := range g.texts {
			paragraph(quoted(text, "> "))
		}
	}
	paragraph(w.label + "\n" + w.link)
	paragraph(w.until)
	b.WriteString("-- \n" + w.closing + "\n" + w.home + "\n")
	return b.String()
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
