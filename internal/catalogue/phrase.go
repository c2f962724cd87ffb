package catalogue

import (
	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/lexicon"
	"exempla/internal/practice"
	"exempla/internal/text"
)

// verified are those of some practices in whose texts words stand side by side.
func (s side) verified(candidates *roaring.Bitmap, words []string) lexicon.Hits {
	var found lexicon.Hits
	for zone := range found {
		found[zone] = roaring.New()
	}
	var p practice.Practice
	var bodies []string
	looked := 0
	candidates.Iterate(func(at uint32) bool {
		bodies = s.record(int(at)).readWords(&p, bodies)
		if zone, ok := zoneOf(&p, bodies, words); ok {
			found[zone].Add(at)
		}
		looked++
		return looked < mostVerified
	})
	return found
}

// zoneOf is the best zone of any text in which words stand side by side.
func zoneOf(p *practice.Practice, bodies, words []string) (zone lexicon.Zone, ok bool) {
	for i := range p.Texts {
		if isTogether(p.Texts[i].Title, words) || isTogether(p.Texts[i].TitleEnglish, words) {
			return lexicon.Title, true
		}
	}
	for i := range p.Texts {
		if isTogether(p.Texts[i].Summary, words) {
			return lexicon.Lead, true
		}
	}
	for _, body := range append(bodies, p.Organisation) {
		if isTogether(body, words) {
			return lexicon.Rest, true
		}
	}
	for _, city := range p.Place.Cities {
		if isTogether(city.Name, words) {
			return lexicon.Rest, true
		}
	}
	return 0, false
}

// isTogether reports whether a text has words side by side.
func isTogether(s string, words []string) bool {
	tokens := text.Tokens(s)
	for from := 0; from+len(words) <= len(tokens); from++ {
		same := 0
		for same < len(words) && tokens[from+same].Text == words[same] {
			same++
		}
		if same == len(words) {
			return true
		}
	}
	return false
}
