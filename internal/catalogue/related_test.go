package catalogue_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// kin is a practice to be compared with others.
func kin(number int64, title string, city practice.City, topics ...practice.Topic) practice.Practice {
	return practice.Practice{Number: number, Slug: fmt.Sprint("p-", number), Topics: topics,
		Place: practice.Place{Countries: []practice.Country{city.Country}, Cities: []practice.City{city}},
		Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: title, Summary: "S"}}}
}

func plainSuggester() *catalogue.Suggester {
	return catalogue.NewSuggester(catalogue.Vocabulary{Countries: func(practice.Language, practice.Country) []string { return nil }})
}

func TestRelatedPracticesAndWhy(t *testing.T) {
	t.Parallel()
	lamia := practice.City{Country: "GR", Name: "Lamia", Latitude: 38.9, Longitude: 22.43, Located: true}
	chalkida := practice.City{Country: "GR", Name: "Chalkida", Latitude: 38.46, Longitude: 23.6, Located: true} // 113 km from Lamia
	livadia := practice.City{Country: "GR", Name: "Livadia", Latitude: 38.43, Longitude: 22.87, Located: true}  // 65 km
	own := kin(1, "Radio Kaleidoscope", lamia, "roma", "refugees")
	all := []practice.Practice{own,
		kin(2, "Another", lamia, "roma", "refugees"),
		kin(3, "Different", livadia, "roma", "refugees"),
		kin(4, "Elsewhere", towns["Suva"], "roma"),
		kin(5, "Kaleidoscope on the radio", towns["Alofi"], "housing-and-urban-planning"),
		kin(6, "Nothing alike", chalkida, "education"), // a country alone says nothing
		kin(7, "Nor this", towns["Reggio"], "education"),
	}
	x := catalogue.NewIndex(all, 1, days[0])
	want := map[int64]catalogue.Shared{
		2: {Topics: 2, Place: catalogue.SameCity}, 3: {Topics: 2, Place: catalogue.CloseBy},
		5: {Words: true}, 4: {Topics: 1},
	}
	found := plainSuggester().Related(x, own)
	var order []int64
	for _, r := range found {
		order = append(order, r.Practice.Number)
		if r.Shared != want[r.Practice.Number] {
			t.Errorf("%d: %+v, want %+v", r.Practice.Number, r.Shared, want[r.Practice.Number])
		}
	}
	if len(order) != len(want) || !slices.Equal(order[:2], []int64{2, 3}) {
		t.Errorf("in the order %v", order)
	}
	changed := catalogue.New(x)
	changed.Change(catalogue.Update{Since: changed.Index(), Changed: []practice.Practice{kin(8, "New", lamia, "roma", "refugees")}, Removed: []int64{2}, Change: 2})
	order = nil
	for _, r := range plainSuggester().Related(changed.Index(), own) {
		order = append(order, r.Practice.Number)
	}
	if !slices.Contains(order, 8) || slices.Contains(order, 2) {
		t.Errorf("after a change: %v", order)
	}
}

// However many there are, few are shown, none of them twice and none the
// practice itself.
func TestRelatedAreFewAndOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		g := plainSuggester()
		for _, p := range n.all {
			found := g.Related(x, p)
			seen := map[int64]bool{p.Number: true}
			for _, r := range found {
				if seen[r.Practice.Number] || r.Shared == (catalogue.Shared{}) || r.Shared == (catalogue.Shared{Place: catalogue.SameCountry}) {
					t.Fatalf("%s is shown beside %s for %+v", r.Practice.Slug, p.Slug, r.Shared)
				}
				seen[r.Practice.Number] = true
			}
			if len(found) > 4 {
				t.Fatalf("%d are shown", len(found))
			}
		}
	})
}
