package submission

import (
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// Publication is whether residents see a practice.
type Publication struct {
	Number int64 // of the practice
	State  PracticeState
	Reason string // why it was archived; empty while it is live
}

// PracticeState is the state of a practice.
type PracticeState string

// The states of a practice.
const (
	Live     PracticeState = "live"
	Archived PracticeState = "archived"
)

// The actions on a practice.
const (
	Archive Action = "archive"
	Restore Action = "restore"
)

// PracticeStep is one action on a practice.
type PracticeStep struct {
	Action Action
	By     account.Viewer
	At     time.Time
	Reason string // in an editor's words; readers see that of an archived practice

	Language practice.Language // of the reason; empty for unknown
	Own      bool              // whether the editor has a part in one of its texts, as the store finds it
}

// PracticeEvent is what is recorded of it.
type PracticeEvent struct {
	Action   Action
	From, To PracticeState
}

// practiceTable is every action on a practice, all of them by editors and with
// a reason.
var practiceTable = []struct {
	action   Action
	from, to PracticeState
}{
	{Archive, Live, Archived},
	{Restore, Archived, Live},
}

// Apply takes a step, or returns a kind of error and changes nothing.
func (p *Publication) Apply(step PracticeStep) (PracticeEvent, error) {
	if !step.By.Is(account.Editor) || step.Own {
		return PracticeEvent{}, ErrNotYours
	}
	for _, r := range practiceTable {
		if r.action != step.Action {
			continue
		}
		if r.from != p.State {
			return PracticeEvent{}, ErrState
		}
		if err := reasoned(nil, Step{Reason: step.Reason}); err != nil {
			return PracticeEvent{}, err
		}
		p.State, p.Reason = r.to, ""
		if r.to == Archived {
			p.Reason = step.Reason
		}
		return PracticeEvent{r.action, r.from, r.to}, nil
	}
	return PracticeEvent{}, ErrNotYours
}

// Actions lists what the viewer may do with the practice now.
func (p Publication) Actions(v account.Viewer) []Action {
	var list []Action
	for _, r := range practiceTable {
		if v.Is(account.Editor) && r.from == p.State {
			list = append(list, r.action)
		}
	}
	return slices.Clip(list)
}
