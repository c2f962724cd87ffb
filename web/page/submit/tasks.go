package submit

import (
	"crypto/rand"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Work is a submission as its officers see it.
type Work struct {
	frame.Frame
	submission.Submission
	Comments  []submission.Comment // that the viewer may see
	Reviews   []submission.Review
	Names     component.Names
	Now       time.Time
	Typed     ReplyForm
	Corrected []CorrectedRevision // by editors, since it was submitted last
}

// ReplyForm is an answer to a comment that could not be kept.
type ReplyForm struct {
	Comment int64
	Text    string
	Problem string
}

// problemAt and typedAt are those of the answer to a comment.
func (w Work) problemAt(c submission.Comment) string {
	if w.Typed.Comment == c.ID {
		return w.Typed.Problem
	}
	return ""
}

func (w Work) typedAt(c submission.Comment) string {
	if w.Typed.Comment == c.ID {
		return w.Typed.Text
	}
	return ""
}

// key is a form's own: sent twice, it is kept once.
func (w Work) key() string { return rand.Text() }

// said is a part of the text to be shown.
func (w Work) said(p submission.Part) component.Said {
	return component.Said{Content: w.Content, Part: p, Language: w.Language, Today: w.Now}
}

// asked are the comments on a part, without answers; an empty part means notes
// on the whole.
func (w Work) asked(p submission.Part) []submission.Comment {
	var list []submission.Comment
	for _, c := range w.Comments {
		if c.Part == p && c.Parent == 0 && !c.Internal {
			list = append(list, c)
		}
	}
	return list
}

// answers are those to one comment.
func (w Work) answers(to submission.Comment) []submission.Comment {
	var list []submission.Comment
	for _, c := range w.Comments {
		if c.Parent == to.ID {
			list = append(list, c)
		}
	}
	return list
}

// open is how many comments on all parts still ask for something.
func (w Work) open() int {
	n := 0
	for _, c := range w.Comments {
		if c.Open() {
			n++
		}
	}
	return n
}

// reason says why the desk decided as it did the last time, if it gave a
// reason.
func (w Work) reason(l *locale.Locale) string {
	if len(w.Reviews) == 0 {
		return ""
	}
	return component.Explanation(l, w.Reviews[len(w.Reviews)-1])
}

// name is that of a person, or says that it has been erased.
func (w Work) name(l *locale.Locale, id account.ID) string {
	if name := w.Names[id]; name != "" {
		return name
	}
	return l.T("submission.somebody")
}

// Task is one line of the task list.
type Task struct {
	Part     submission.Part
	State    string // message "tasks.<state>"
	Line     string // what is in the part, in one line; empty for nothing
	Comments int
}

// Tasks is the task list of a submission; where nobody works on it, its text
// to be read.
type Tasks struct {
	Work
	Meta  frame.Meta
	Tasks []Task
	Done  int
}

// NewTasks makes the page.
func NewTasks(l *locale.Locale, w Work) Tasks {
	p := Tasks{Work: w, Meta: workMeta(l, w.Frame, w.Content.Title, link.Submission(l.Tag(), w.ID))}
	for _, part := range w.Parts() {
		t := Task{Part: part, State: w.taskState(part), Line: component.TaskLine(l, w.Content, part, w.Now), Comments: len(w.asked(part))}
		if t.State == "completed" {
			p.Done++
		}
		p.Tasks = append(p.Tasks, t)
	}
	return p
}

func (w Work) taskState(p submission.Part) string {
	switch {
	case slices.ContainsFunc(w.asked(p), submission.Comment.Open):
		return "asked_state"
	case w.Content.Is(p):
		return "completed"
	case !w.Content.Started(p):
		return "not_started"
	}
	return "in_progress"
}

// written reports whether the officers are at work on the text.
func (w Work) written() bool { return w.Allows(submission.Save, w.Viewer) }
