package submission

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
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
	Words    string // of a title, a city, an officer's name, or a reference
	Order    Order  // empty for OldestFirst
	Page     int    // from 2; 0 for the first
	strays   string // query of the values that are none; see Strays
}

// Order is the order in which the desk lists submissions.
type Order string

// The orders. What waits longest is due first, for all have the same number of days.
const (
	OldestFirst Order = ""
	NewestFirst Order = "newest"
	ByTitle     Order = "title"
)

// Orders lists the orders, the usual one first.
var Orders = []Order{OldestFirst, NewestFirst, ByTitle}

// maxDeskPage bounds the number of a page; more are never listed.
const maxDeskPage = 100_000

// SearchWords cleans search words: one line, not longer than a name, without the
// characters that Postgres cannot store.
func SearchWords(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(OneLine(text), "\x00", ""), "")
	letters := []rune(text)
	return strings.TrimSpace(string(letters[:min(len(letters), account.MaxName)]))
}

// ParseReference reads what people call a submission, such as "EX-00012", or its
// number alone. ok is false for anything else.
func ParseReference(text string) (id ID, ok bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if digits, ok := strings.CutPrefix(text, "EX"); ok {
		text = strings.TrimPrefix(digits, "-")
	}
	number, err := strconv.ParseInt(text, 10, 64)
	return ID(number), err == nil && number > 0
}

// deskStates are the states that editors can choose, what waits first.
var deskStates = []State{Submitted, ChangesRequested, Draft, Approved, Rejected, Discarded}

// DeskStates lists the states that editors can choose, what waits first.
func DeskStates() []State { return slices.Clone(deskStates) }

// deskParameters are the parameters with a fixed list of values, as the form has them.
var deskParameters = []string{"state", "assignee", "language", "city", "sort"}

// Stray is a value of an address that is none of its parameter.
type Stray struct{ Parameter, Value string }

// Strays lists the values of the address that are none, in the order of the form. They
// narrow nothing, but stay in the address, so that the page can name them.
func (f DeskFilter) Strays() []Stray {
	var list []Stray
	values, _ := url.ParseQuery(f.strays)
	for _, name := range deskParameters {
		if value := values.Get(name); value != "" {
			list = append(list, Stray{name, value})
		}
	}
	return list
}

// WithoutStrays returns the filter without the values that are none.
func (f DeskFilter) WithoutStrays() DeskFilter {
	f.strays = ""
	return f
}

// Among returns the filter whose language and city are among those that there are;
// others are strays.
func (f DeskFilter) Among(languages []practice.Language, cities []practice.City) DeskFilter {
	q := f.Query()
	if !slices.Contains(languages, f.Language) {
		f.Language = ""
	}
	if !slices.ContainsFunc(cities, func(c practice.City) bool { return practice.Slugify(c.Name) == f.City }) {
		f.City = ""
	}
	return f.stray(q)
}

// stray keeps those values of a query that the filter has not taken over.
func (f DeskFilter) stray(q url.Values) DeskFilter {
	f.strays = ""
	taken, strays := f.Query(), url.Values{}
	for _, name := range deskParameters {
		value := SearchWords(q.Get(name))
		if value != "" && taken.Get(name) == "" && !(name == "state" && value == string(Submitted)) {
			strays.Set(name, value)
		}
	}
	f.strays = strays.Encode()
	return f
}

// ParseDeskFilter reads the query of an address. What it does not know narrows nothing.
func ParseDeskFilter(q url.Values) DeskFilter {
	f := DeskFilter{State: q.Get("state"), Language: practice.Language(q.Get("language")), City: q.Get("city"), Assignee: q.Get("assignee"),
		Words: SearchWords(q.Get("q")), Order: Order(q.Get("sort"))}
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
	if !slices.Contains(Orders, f.Order) {
		f.Order = OldestFirst
	}
	if page, err := strconv.Atoi(q.Get("page")); err == nil && page > 1 && page <= maxDeskPage {
		f.Page = page
	}
	return f.stray(q)
}

// OnPage is the filter with the number of a page.
func (f DeskFilter) OnPage(page int) DeskFilter {
	f.Page = page
	if page < 2 {
		f.Page = 0
	}
	return f
}

// Narrows reports whether the filter asks for other than all that wait, in whatever
// order.
func (f DeskFilter) Narrows() bool {
	f.Order, f.Page, f.strays = OldestFirst, 0, ""
	return f != DeskFilter{}
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
	q, _ := url.ParseQuery(f.strays)
	for name, value := range map[string]string{"state": f.State, "language": string(f.Language), "city": f.City, "assignee": f.Assignee,
		"q": f.Words, "sort": string(f.Order)} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	return q
}
