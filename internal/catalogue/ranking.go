package catalogue

// How well a text matches words is told by where it has them, in what order,
// and in which language; never by a score. Scores of a hundred thousand texts
// take a second, mean nothing to people, and put a long text that repeats a
// word before a short one that is about it.

// Where says where a text has the words that were asked for.
type Where int

// Places of words, the best first. A title says what a practice is about; the
// summary says it at greater length; sections, organisation and place may
// mention anything. One word of several in the title is what a question like
// "library Sherbrooke" means: the thing, and where.
const (
	InTitle       Where = iota // all words
	PartlyInTitle              // some, the others anywhere
	InLead                     // all in title and summary
	Anywhere                   // sections, place and organisation included
)

// Tier is one way in which a text matches.
type Tier struct {
	Where  Where
	Phrase bool // the words stand together, as typed
	Reader bool // the text is in the reader's language
}

// Ranking lists the tiers, the best first. Where outweighs the phrase, for a
// sentence that happens to have the words side by side says less than a title;
// the phrase outweighs the language, for a reader who finds just what they
// asked for can have it translated. Inside a tier the newest come first.
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
