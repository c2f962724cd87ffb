package submit

import (
	"slices"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Task is one line of the task list.
type Task struct {
	Part     submission.Part
	State    string // message "tasks.<state>"
	Summary  string // of the part's content; empty for none
	Comments int
	Faults   component.Problems
}

// Tasks is the task list of a submission. While its authors cannot edit it, the
// page shows its text instead.
type Tasks struct {
	SubmissionInput
	Meta      frame.Meta
	Tasks     []Task
	Completed int
}

// NewTasks makes the page.
func NewTasks(l *locale.Locale, f frame.Frame, in SubmissionInput) Tasks {
	p := Tasks{SubmissionInput: in, Meta: formMeta(l, f, in.Content.Title, link.Submission(l.Tag(), in.ID))}
	p.Meta.Scripts = []string{"draft.js"}
	for _, part := range in.Parts() {
		t := Task{Part: part, State: in.taskState(part), Summary: component.TaskLine(l, in.Submission, part, in.Now), Comments: len(in.commentsOn(part))}
		t.Faults = component.SubmissionProblems(l, in.Faults(part), func(p submission.Part) string { return link.Faults(l.Tag(), in.ID, p) })
		if t.State == "completed" {
			p.Completed++
		}
		p.Tasks = append(p.Tasks, t)
	}
	return p
}

func (in SubmissionInput) taskState(p submission.Part) string {
	switch {
	case slices.ContainsFunc(in.commentsOn(p), submission.Comment.Open):
		return "asked_state"
	case in.Submission.Completed(p):
		return "completed"
	case !in.Content.Started(p) && len(in.Faults(p)) == 0:
		return "not_started"
	}
	return "in_progress"
}

func (p Tasks) isEditable() bool { return p.Allows(submission.Save, p.Meta.Viewer) }
