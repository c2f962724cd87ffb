package component

import (
	"time"

	"github.com/a-h/templ"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/text"
)

// partView says how one part of a submission is shown.
type partView struct {
	answer func(PartContent) templ.Component                          // the content of the part
	line   func(*locale.Locale, submission.Content, time.Time) string // in the task list; may be empty
	facts  func(*locale.Locale, PartComparison, func(label string, runs []submission.Run))
}

// partViews has an entry for each part that is more than a long text.
var partViews = map[submission.Part]partView{
	submission.TitleAndPlace: {
		answer: placeAnswer,
		line:   func(l *locale.Locale, c submission.Content, _ time.Time) string { return PlaceWords(l, c) },
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("practice.place"), submission.CompareOrder(spotWords(l, c.Before), spotWords(l, c.After)))
			add(l.T("practice.organisation"), submission.CompareText(c.Before.Organisation, c.After.Organisation))
		},
	},
	submission.Period: {
		answer: periodAnswer,
		line: func(l *locale.Locale, c submission.Content, today time.Time) string {
			return Period(l, c.Period, today)
		},
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("practice.period"), submission.CompareList(c.periodWords(l, c.Before.Period), c.periodWords(l, c.After.Period)))
			add(l.T("practice.wording"), submission.CompareText(c.Before.Period.Wording, c.After.Period.Wording))
		},
	},
	submission.Topics: {
		answer: topicsAnswer,
		line:   func(l *locale.Locale, c submission.Content, _ time.Time) string { return TopicWords(l, c.Topics) },
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("facet.topic"), submission.CompareList(topicWords(l, c.Before), topicWords(l, c.After)))
			add(l.T("practice.keywords"), submission.CompareList(keywordWords(l, c.Before), keywordWords(l, c.After)))
		},
	},
	submission.Part(practice.Documents): {
		answer: documentsAnswer,
		line: func(l *locale.Locale, c submission.Content, _ time.Time) string {
			if len(c.Files) == 0 {
				return ""
			}
			return l.N("tasks.files", len(c.Files))
		},
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("difference.files"), compareFiles(c.Before.Files, c.After.Files))
		},
	},
	submission.Pictures: {
		answer: picturesAnswer,
		line: func(l *locale.Locale, c submission.Content, _ time.Time) string {
			return l.N("tasks.pictures", len(c.Pictures))
		},
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("difference.pictures"), compareFiles(c.Before.Pictures, c.After.Pictures))
		},
	},
	submission.Part(practice.Contact): {
		answer: contactAnswer,
		facts: func(l *locale.Locale, c PartComparison, add func(string, []submission.Run)) {
			add(l.T("difference.person"), submission.CompareList(personWords(l, c.Before), personWords(l, c.After)))
		},
	},
}

// answer shows the content of the part.
func (s PartContent) answer() templ.Component {
	if view := partViews[s.Part]; view.answer != nil {
		return view.answer(s)
	}
	return textAnswer(s)
}

// TaskLine sums up a part in one line of the task list; empty for an empty part.
func TaskLine(l *locale.Locale, s submission.Submission, p submission.Part, today time.Time) string {
	c := s.Content
	if !c.Filled(p) && p != submission.TitleAndPlace {
		return ""
	}
	if view := partViews[p]; view.line != nil {
		if line := view.line(l, c, today); line != "" || !p.IsText() {
			return line
		}
	}
	return l.T("tasks.words", "Used", text.CountWords(c.Text(p)), "Limit", s.MostWords(p))
}

// facts compares what a part has besides its long text, leaving out what neither
// side has.
func (c PartComparison) facts(l *locale.Locale) []Fact {
	var list []Fact
	if view := partViews[c.Part]; view.facts != nil {
		view.facts(l, c, func(label string, runs []submission.Run) {
			if len(runs) > 0 {
				list = append(list, Fact{label, runs})
			}
		})
	}
	return list
}
