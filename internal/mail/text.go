package mail

import "strings"

// text is the letter for readers of plain text. It is no template: escaping,
// which templates do for HTML, would be wrong here.
func (w written) text() string {
	var b strings.Builder
	paragraph := func(text string) {
		if text != "" {
			b.WriteString(text + "\n\n")
		}
	}
	paragraph(w.greeting)
	paragraph(w.intro)
	paragraph(quoted(w.reason, "> "))
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

// quoted sets a mark before every line, as mails show what somebody else wrote.
func quoted(text, mark string) string {
	if text == "" {
		return ""
	}
	return mark + strings.Join(lines(text), "\n"+mark)
}

// lines are those of a text, however its writer's system ends them.
func lines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimSpace(text)), "\n")
}
