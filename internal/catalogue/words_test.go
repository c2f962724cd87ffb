package catalogue_test

import (
	"context"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// searcher knows the names of a few countries and topics.
var searcher = catalogue.NewSearcher(catalogue.Vocabulary{
	Languages: []practice.Language{"en", "el"},
	Countries: func(l practice.Language, c practice.Country) []string {
		return map[practice.Language]map[practice.Country][]string{
			"en": {"GR": {"Greece"}, "IT": {"Italy"}},
			"el": {"GR": {"Ελλάδα"}, "IT": {"Ιταλία"}},
		}[l][c]
	},
	Topic: func(l practice.Language, topic practice.Topic) string {
		return map[practice.Language]map[practice.Topic]string{"en": {"roma": "Roma"}, "el": {"roma": "Ρομά"}}[l][topic]
	},
})

// search finds what words mean to an English reader.
func search(t rapid.TB, x *catalogue.Index, words string) catalogue.Hits {
	t.Helper()
	hits, err := searcher.Search(context.Background(), x, words, "en")
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	return hits
}
