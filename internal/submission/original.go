package submission

import (
	"slices"

	"exempla/internal/practice"
)

// Original is the public text of which a submission is a translation.
type Original struct {
	Language      practice.Language
	TitleLanguage practice.Language // may differ: titles are often left untranslated
	Again         bool              // there was a translation already, which this one brings up to date
	Moved         bool              // its words are others than when the translation was last submitted
	parts         []PartDifference
	public        Content // the translation as it is public; empty for none
}

// Sources are the practice as a translation has met it, at four moments.
type Sources struct {
	Now       practice.Practice
	Followed  practice.Practice // the last one with which the words were in step that the translation began from; empty if never
	Submitted practice.Practice // when it was last submitted, or else began
	Again     bool              // whether there were such words
}

// OriginalIn is the original text of a practice, compared with the one that the words in
// a language follow. Places and dates are no part of a translation.
func OriginalIn(language practice.Language, of Sources) Original {
	text := of.Now.Texts[0]
	after, before := Proposed(of.Now, text.Language), Proposed(of.Followed, text.Language)
	before.Countries, before.Cities, before.National, before.Organisation = after.Countries, after.Cities, after.National, after.Organisation
	o := Original{Language: text.Language, TitleLanguage: text.TitleLanguage, Again: of.Again, parts: Differences(before, after)}
	if o.Again {
		o.public = Proposed(of.Now, language)
	}
	o.Moved = len(of.Submitted.Texts) > 0 && differs(of.Submitted.Texts[0], text)
	return o
}

// Part is one part of the original, as it was in what the translation follows and as it
// is now.
func (o Original) Part(p Part) PartDifference {
	at := slices.IndexFunc(o.parts, func(d PartDifference) bool { return d.Part == p })
	return o.parts[at]
}

// Lacks reports whether a translation has nothing where the original has something.
func (o Original) Lacks(translation Content, p Part) bool {
	return o.Part(p).After.Filled(p) && !translation.Filled(p)
}

// Renews reports whether a translation that there was already has to follow what is new
// in a part.
func (o Original) Renews(p Part) bool { return o.Again && o.Part(p).Changed() }

// unready lists what keeps a part of a submission from being submitted. A translation has
// to have what the original has; one that there was already, what is new in the original,
// with the word of its author that it says so too.
func unready(s Submission, p Part) []Problem {
	o := s.Original
	if o == nil || s.Correction != nil {
		return s.Content.incomplete(p, s.Kind, s.Limits)
	}
	var list []Problem
	switch filled := s.Content.Filled(p); {
	case !filled && (!o.Lacks(s.Content, p) || o.Again && !o.Renews(p) && !o.public.Filled(p)):
	case filled && o.Again && !partDiffers(p, o.public, s.Content): // what is public was accepted once
	default:
		list = s.Content.incomplete(p, Translation, s.Limits)
	}
	if o.Renews(p) && s.Content.Filled(p) && !s.Content.Is(p) {
		list = append(list, Problem{Part: p, Field: CompletedField, Rule: Behind})
	}
	return list
}

// partDiffers reports whether two texts differ in a part.
func partDiffers(p Part, before, after Content) bool {
	before.Completed, after.Completed = nil, nil
	return before.Digest(p) != after.Digest(p)
}

// AsksWord reports whether the author of a submission has to say that a part is
// complete: where it is long, and where there is no telling without.
func AsksWord(s Submission, p Part) bool {
	switch {
	case s.Correction != nil:
		return false
	case s.Original != nil && s.Original.Again:
		return s.Original.Renews(p)
	}
	return p.IsText() && s.MostWords(p) >= longText
}
