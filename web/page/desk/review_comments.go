package desk

import (
	"strconv"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
)

// partState says what is to be known of a part: changed, new, its comments.
func (p Review) partState(l *locale.Locale, view PartView) string {
	words := ""
	add := func(more string) {
		if words != "" {
			words += " · "
		}
		words += more
	}
	switch {
	case view.New:
		add(l.T("review.new"))
	case view.Changed:
		add(l.T("review.changed"))
	}
	if view.Words > 0 {
		add(l.N("review.words", view.Words))
	}
	if n := len(view.Threads); n > 0 {
		add(l.N("review.comments", n))
	}
	return words
}

// threadState says where a comment is.
func (p Review) threadState(l *locale.Locale, c submission.Comment) string {
	switch {
	case c.Internal:
		return l.T("comment.internal")
	case c.Review == 0:
		return l.T("comment.unsent")
	case !c.Settled.IsZero():
		return l.T("comment.settled")
	case !c.Done.IsZero():
		return l.T("comment.done", "Date", l.Date(c.Done))
	}
	return l.T("comment.not_done")
}

// remarkWords open the form of a comment.
func (p Review) remarkWords(l *locale.Locale, r CommentForm) string {
	switch {
	case r.Parent != 0:
		return l.T("comment.reply")
	case r.Part.IsNote():
		return l.T("comment.add_note")
	case r.Part == "":
		return l.T("comment.on_the_whole")
	}
	return l.T("comment.on_part", "Part", component.PartName(l, r.Part))
}

// sendWords are those of its button.
func (p Review) sendWords(l *locale.Locale, r CommentForm) string {
	switch {
	case r.Parent != 0:
		return l.T("comment.send_reply")
	case r.Part.IsNote():
		return l.T("comment.keep_note")
	}
	return l.T("comment.add")
}

// isTrue is a condition as an attribute says it.
func isTrue(condition bool) string {
	if condition {
		return "true"
	}
	return "false"
}

// WholeID is the id of where the text is talked about as a whole.
const WholeID = "part-"

// RemarkID is the id of the field of a comment.
func RemarkID(r CommentForm) string {
	if r.Parent != 0 {
		return "reply-" + strconv.FormatInt(r.Parent, 10)
	}
	return "say-" + string(r.Part)
}

// RemarkPlace is the id of where a comment that was kept is to be found.
func RemarkPlace(r CommentForm) string {
	switch {
	case r.Parent != 0:
		return link.CommentID(r.Parent)
	case r.Part.IsNote():
		return string(submission.NotesPart)
	}
	return "part-" + string(r.Part)
}

// Meanwhile says what others have done since a page was made.
func Meanwhile(l *locale.Locale, lines []HistoryLine, names component.Names) string {
	var list []string
	for _, line := range lines {
		list = append(list, l.T("review.did", "Name", nameOf(l, names, line.By), "What", l.T("event."+line.Action)))
	}
	if len(list) == 0 {
		return l.T("review.overtaken")
	}
	return l.T("review.overtaken_by", "What", l.And(list))
}
