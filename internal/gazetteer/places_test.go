package gazetteer_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
	"exempla/locales"
)

func TestLocalNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language practice.Language
		country  practice.Country
		name     string
		want     string
	}{
		{"el", "PT", "Lisbon", "Λισαβόνα"}, {"fr", "PT", "Lisbon", "Lisbonne"}, {"en", "PT", "Lisbon", "Lisbon"},
		{"ja", "PT", "Lisbon", "Lisbon"}, {"el", "BR", "Lisbon", "Lisbon"}, {"el", "PT", "Évora", "Évora"},
	} {
		if got := gazetteer.Local(c.language, c.country, c.name); got != c.want {
			t.Errorf("%s, %s in %s is %s, want %s", c.name, c.country, c.language, got, c.want)
		}
	}
}

// A city that is called as its readers do is the city of the catalogue.
func TestWayBackFromLocalNames(t *testing.T) {
	t.Parallel()
	for _, c := range sampleCities(t) {
		for _, language := range languages(t) {
			local := gazetteer.Local(language, c.Country, c.Name)
			if got := gazetteer.Catalogued(c.Country, local); got != c.Name {
				t.Errorf("%s in %s is %s, which is %s", c.Name, language, local, got)
			}
			if found := gazetteer.Find(c.Country, local); len(found) == 0 || found[0].Name != c.Name {
				t.Errorf("%s, as %s is called in %s, is %+v", local, c.Name, language, found)
			}
		}
	}
	for name, want := range map[string]string{" Lishboa ": "Lishboa", "λισαβονα": "Lisbon", "Évora": "Évora", "": ""} {
		if got := gazetteer.Catalogued("PT", name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// languages are those of the interface.
func languages(t *testing.T) (list []practice.Language) {
	t.Helper()
	files, err := locales.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		list = append(list, practice.Language(strings.TrimSuffix(file.Name(), ".json")))
	}
	return list
}

// Every city of the sample catalogue has a name in every language of the interface,
// and no other place has; one city stands on each line, in the order of the keys.
func TestFilesOfPlaces(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, c := range sampleCities(t) {
		keys = append(keys, c.Name+"|"+string(c.Country))
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for _, language := range languages(t) {
		content, err := locales.Places.ReadFile("places/" + string(language) + ".json")
		if err != nil {
			t.Error(err)
			continue
		}
		var names map[string][]string
		if err := json.Unmarshal(content, &names); err != nil {
			t.Errorf("%s: %v", language, err)
			continue
		}
		for _, key := range keys {
			list := names[key]
			if len(list) == 0 || slices.ContainsFunc(list, func(name string) bool { return name == "" || strings.TrimSpace(name) != name }) {
				t.Errorf("%s: %s has the names %q", language, key, list)
			}
			delete(names, key)
		}
		for key := range names {
			t.Errorf("%s: %s is no city of the sample catalogue", language, key)
		}
		lines := strings.Split(strings.TrimSpace(string(content)), "\n")
		if len(lines) != len(keys)+2 || !slices.IsSortedFunc(lines[1:len(lines)-1], func(a, b string) int { return strings.Compare(keyOf(a), keyOf(b)) }) {
			t.Errorf("%s: %d lines for %d cities, or not in order", language, len(lines), len(keys))
		}
	}
}

// keyOf is the key on a line.
func keyOf(line string) string {
	key, _, _ := strings.Cut(line, `": `)
	return key
}
