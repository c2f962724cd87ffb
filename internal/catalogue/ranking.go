package catalogue

// How well a text matches is told by where it has the words, in what order, and
// in which language; never by a score. Scoring a hundred thousand texts takes a
// second, means nothing to readers, and puts a long text that repeats a word
// before a short one that is about it.

// Where says where a text has the words.
type Where int

// Places of words, the best first. The title says what a practice is about and
// the summary elaborates; sections, organisation and place may mention anything.
// One word of several in the title is what "library Sherbrooke" asks for: the
// thing, and where.
const (
	InTitle       Where = iota // all words
	PartlyInTitle              // some, the others anywhere
	InLead                     // all, in title and summary together
	Anywhere                   // sections, place and organisation included
)

// Tier is one way in which a text matches.
type Tier struct {
	Where  Where
	Phrase bool // the words stand together, as typed
	Reader bool // the text is in the reader's language
}

// Ranking lists the tiers, the best first. Where outweighs the phrase, because
// words that happen to stand together in a sentence say less than a title. The
// phrase outweighs the language, because an exact match can be translated.
// Within a tier the newest come first.
var Ranking = ranking()

func ranking() []Tier {
	var tiers []Tier
	for where := InTitle; where <= Anywhere; where++ {
		for _, phrase := range []bool{true, false} {
			for _, reader := range []bool{true, false} {
				tiers = append(tiers, Tier{where, phrase, reader})
			}
		}
	}
	return tiers
}
