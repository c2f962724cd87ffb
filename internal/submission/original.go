package submission

import (
	"slices"

	"exempla/internal/practice"
)

// Original is the public text of which a submission is a translation.
type Original struct {
	Language      practice.Language
	TitleLanguage practice.Language // may differ: titles are often left untranslated
	parts         []PartDifference
}

// OriginalOf is the original text of a practice, compared with the practice as it was
// when a translation of it began. Places and dates are no part of a translation.
func OriginalOf(now, begun practice.Practice) Original {
	text := now.Texts[0]
	after, before := Proposed(now, text.Language), Proposed(begun, text.Language)
	before.Countries, before.Cities, before.National, before.Organisation = after.Countries, after.Cities, after.National, after.Organisation
	return Original{Language: text.Language, TitleLanguage: text.TitleLanguage, parts: Differences(before, after)}
}

// Part is one part of the original, as it was when the translation began and as it is
// now.
func (o Original) Part(p Part) PartDifference {
	at := slices.IndexFunc(o.parts, func(d PartDifference) bool { return d.Part == p })
	return o.parts[at]
}

// Lacks reports whether a translation has nothing where the original has something.
func (o Original) Lacks(translation Content, p Part) bool {
	return o.Part(p).After.Filled(p) && !translation.Filled(p)
}
