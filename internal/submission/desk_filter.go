package submission

import (
	"net/url"
	"slices"

	"exempla/internal/practice"
)

// Values of the desk's filter beside states, languages and cities.
const (
	AnyState   = "all"
	Mine       = "me"
	Unassigned = "nobody"
)

// DeskFilter is what the list of the desk is narrowed to. The zero value is what
// waits for a decision.
type DeskFilter struct {
	State    string // a state, or AnyState; empty for what waits for a decision
	Language practice.Language
	City     string // slug
	Assignee string // Mine or Unassigned; empty for anyone
}

// deskStates are the states that editors can choose, what waits first.
var deskStates = []State{Submitted, ChangesRequested, Draft, Approved, Rejected, Discarded}

// DeskStates lists the states that editors can choose, what waits first.
func DeskStates() []State { return slices.Clone(deskStates) }

// ParseDeskFilter reads the query of an address and drops what it does not know.
func ParseDeskFilter(q url.Values) DeskFilter {
	f := DeskFilter{State: q.Get("state"), Language: practice.Language(q.Get("language")), City: q.Get("city"), Assignee: q.Get("assignee")}
	if f.State != AnyState && !slices.Contains(deskStates, State(f.State)) || f.State == string(Submitted) {
		f.State = ""
	}
	if !f.Language.Known() {
		f.Language = ""
	}
	if practice.Slugify(f.City) != f.City {
		f.City = ""
	}
	if f.Assignee != Mine && f.Assignee != Unassigned {
		f.Assignee = ""
	}
	return f
}

// States lists the states that the filter lets through.
func (f DeskFilter) States() []State {
	switch f.State {
	case AnyState:
		return DeskStates()
	case "":
		return []State{Submitted}
	}
	return []State{State(f.State)}
}

// Query is the canonical query of the filter, without what asks for nothing.
func (f DeskFilter) Query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"state": f.State, "language": string(f.Language), "city": f.City, "assignee": f.Assignee} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}
