package main

import (
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/generate"
	"exempla/internal/sample"
)

// A new selection every time has to be one, and none may be led elsewhere.
func TestAddressesDifferAndAreCanonical(t *testing.T) {
	t.Parallel()
	samples, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	maker, err := generate.New(samples, 1)
	if err != nil {
		t.Fatal(err)
	}
	trial := trial{catalogue: &collection{size: 10_000, maker: maker}}
	for name, list := range map[string][]string{"pages": addresses(trial.pages()), "topics": addresses(trial.topicPages()), "three": addresses(three()),
		"mixed": addresses(mixed()), "words": addresses(narrowed([]string{"youth", "αθήνα"})), "practices": trial.slugs(), "suggestions": suggestions(nil)} {
		seen := map[string]bool{}
		for _, address := range list {
			path, query, _ := strings.Cut(address, "?")
			values, err := url.ParseQuery(query)
			if seen[address] || err != nil || !strings.HasPrefix(path, "/en/") {
				t.Fatalf("%s: %q is there twice, or no address (%v)", name, address, err)
			}
			seen[address] = true
			if path == "/en/practices" && catalogue.Parse(values).Query() != query {
				t.Fatalf("%s: %q is not canonical", name, address)
			}
		}
	}
	if n := len(mixed()); n < 100_000 {
		t.Errorf("%d new selections", n)
	}
}

func TestWordsAreOfEveryKind(t *testing.T) {
	t.Parallel()
	samples, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	maker, err := generate.New(samples, 1)
	if err != nil {
		t.Fatal(err)
	}
	frequent, seldom := (&trial{catalogue: &collection{size: 1_000_000, maker: maker}}).candidates()
	if len(frequent) < wantedCommon || len(seldom) < wantedRare {
		t.Errorf("%d common and %d rare words", len(frequent), len(seldom))
	}
}
