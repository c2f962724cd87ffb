package component

import (
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Names maps accounts to the names of people. Erased accounts are missing.
type Names map[account.ID]string

// of lists the known names, in the order of the accounts.
func (n Names) of(ids []account.ID) []string {
	var list []string
	for _, id := range ids {
		if n[id] != "" {
			list = append(list, n[id])
		}
	}
	return list
}

// Roles names roles in one phrase, in the reader's language.
func Roles(l *locale.Locale, list []account.Role) string {
	var names []string
	for _, r := range list {
		names = append(names, l.T("people.role."+string(r)))
	}
	return l.And(names)
}

// PartName is what a part of a submission is called in the reader's language.
func PartName(l *locale.Locale, p submission.Part) string {
	if practice.Section(p).Known() {
		return l.T("section." + string(p))
	}
	return l.T("part." + string(p))
}

// Guidance says what belongs in a part.
func Guidance(l *locale.Locale, p submission.Part) string {
	if practice.Section(p).Known() {
		return l.T("guidance." + string(p))
	}
	return l.T("template.part." + string(p) + ".guidance")
}

// TopicGuidance says how many topics a new practice may have.
func TopicGuidance(l *locale.Locale, most int) string {
	if most == submission.MaxTopics {
		return Guidance(l, submission.Topics)
	}
	return l.N("part.topics.most", most)
}

// State names the state of a submission in the reader's language. Officers and
// editors read the same words.
func State(l *locale.Locale, s submission.State) string {
	return l.T("submission.state." + string(s))
}

// Kind names the kind of a submission in the reader's language.
func Kind(l *locale.Locale, s submission.Submission) string {
	if s.Correction != nil {
		return l.T("submission.kind.correction")
	}
	return l.T("submission.kind." + string(s.Kind))
}

// Holder says whose turn it is to work on a submission, from the viewer's point
// of view; empty when no work is left.
func Holder(l *locale.Locale, s submission.Submission, names Names, v account.Viewer) string {
	switch s.State {
	case submission.Draft, submission.ChangesRequested:
		return officerHolder(l, s, names, v)
	case submission.Submitted:
		switch by := submission.HeldBy(s, account.Viewer{}); {
		case by == v.ID && v.ID != 0:
			return l.T("submission.holder.you")
		case names[by] != "":
			return l.T("submission.holder.editor", "Name", names[by])
		}
		return l.T("submission.holder.desk")
	}
	return ""
}

func officerHolder(l *locale.Locale, s submission.Submission, names Names, v account.Viewer) string {
	others := slices.DeleteFunc(slices.Clone(s.Authors), func(id account.ID) bool { return id == v.ID })
	known := names.of(others)
	switch {
	case s.IsAuthor(v.ID) && len(known) == 0:
		return l.T("submission.holder.you")
	case s.IsAuthor(v.ID):
		return l.T("submission.holder.you_and", "Names", l.And(known))
	case len(known) == 0:
		return l.T("submission.holder.officers")
	}
	return l.T("submission.holder.names", "Names", l.And(known))
}

// fieldWords lists the rules that have a message of their own at some field.
var fieldWords = []string{"title.missing", "country.missing", "city.no_place", "city.too_large", "start_year.missing", "start_year.impossible",
	"end_year.no_end", "end_year.impossible", "end_year.backwards", "topics.missing", "topics.too_large", "keywords.too_large", "other_keywords.unknown", "person_agrees.no_consent", "consent.missing"}

// ProblemText says how to fix a problem of a submission. The text is the same at
// the field, in the summary of its page and where the answers are checked.
func ProblemText(l *locale.Locale, p submission.Problem) string {
	if own := p.Field + "." + string(p.Rule); slices.Contains(fieldWords, own) {
		return l.N("problem_in."+own, p.Limit, "Limit", p.Limit, "Value", p.Value)
	}
	return l.T("problem_in."+string(p.Rule), "Part", PartName(l, p.Part), "Found", p.Found, "Limit", p.Limit, "Over", p.Found-p.Limit)
}

// SubmissionProblems are the problems of a submission for the summary of a form.
// Path gives the page of a part's field; nil where all are on this page.
func SubmissionProblems(l *locale.Locale, list []submission.Problem, path func(submission.Part) string) Problems {
	var problems Problems
	for _, p := range list {
		one := Problem{Field: p.Field, Text: ProblemText(l, p)}
		if path != nil && p.Part != "" {
			one.Path = path(p.Part)
		}
		problems = append(problems, one)
	}
	return problems
}

// PlaceWords writes the place of a text in one phrase, such as "Ioannina,
// Greece"; empty when no place is given.
func PlaceWords(l *locale.Locale, c submission.Content) string {
	var list []string
	for _, spot := range Spots(l, practice.Place{Countries: c.Countries, Cities: c.Cities}) {
		if spot.Cities == "" {
			list = append(list, spot.Country)
			continue
		}
		list = append(list, spot.Cities+l.T("place.comma")+spot.Country)
	}
	return l.And(list)
}

// TopicWords writes topics in one phrase.
func TopicWords(l *locale.Locale, topics []practice.Topic) string {
	var list []string
	for _, topic := range topics {
		list = append(list, l.T("topic."+string(topic)))
	}
	return l.And(list)
}

// PartContent is one part of a submission's text, for reading.
type PartContent struct {
	Content  submission.Content
	Part     submission.Part
	Language practice.Language // of the text
	Today    time.Time
}

// Filled reports whether the part has any content.
func (s PartContent) Filled() bool { return s.Content.Filled(s.Part) }

// OriginalPart is one part of the text of which another is a translation.
type OriginalPart struct {
	submission.Original
	Part        submission.Part
	Translation submission.Content
	Today       time.Time
}

// Filled reports whether the original has the part.
func (o OriginalPart) Filled() bool { return o.change().After.Filled(o.Part) }

// Missing reports whether the translation lacks what the original has.
func (o OriginalPart) Missing() bool { return o.Lacks(o.Translation, o.Part) }

// Newer reports whether the original has changed since the translation began.
func (o OriginalPart) Newer() bool { return o.change().Changed() }

func (o OriginalPart) change() submission.PartDifference { return o.Original.Part(o.Part) }

// language is that of the words of the part. Titles are often left untranslated.
func (o OriginalPart) language() practice.Language {
	if o.Part == submission.TitleAndPlace {
		return o.TitleLanguage
	}
	return o.Language
}

func (o OriginalPart) content() PartContent {
	return PartContent{Content: o.change().After, Part: o.Part, Language: o.language(), Today: o.Today}
}

func (o OriginalPart) comparison() PartComparison {
	return PartComparison{PartDifference: o.change(), Language: o.language(), Today: o.Today}
}

// PartPath returns a function that gives the address of a part's form, for
// problems that link there.
func PartPath(l *locale.Locale, id submission.ID) func(submission.Part) string {
	return func(p submission.Part) string { return link.Returning(l.Tag(), id, p) }
}

// Explanation gives the reason of a decision, in the reader's language where it
// is a common one; empty when the editor gave none.
func Explanation(l *locale.Locale, r submission.Review) string {
	if !r.Cause.Known() {
		return r.Reason
	}
	return submission.Explanation(l.T("cause."+string(r.Cause)), r.Reason)
}
