package practice

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestCityNames(t *testing.T) {
	t.Parallel()
	n := NewCityNames(map[Language]string{"uk": "Лісабон", "el": "Λισαβόνα", "fr": ""}, []string{"Lisboa", "", "Ulisipo", "Lisboa"})
	if n.In("el") != "Λισαβόνα" || n.In("fr") != "" || n.In("") != "" || !slices.Equal(n.Others(), []string{"Lisboa", "Ulisipo"}) || n.Size() != 4 || len(n.Shown()) != 2 {
		t.Errorf("%q", n)
	}
	if again := NewCityNames(n.Shown(), n.Others()); again != n {
		t.Errorf("%q became %q", n, again)
	}
	var none CityNames
	if NewCityNames(nil, nil) != none || none.Size() != 0 || none.In("el") != "" || none.Others() != nil || none.Shown() == nil {
		t.Error("the zero value has names")
	}
	if content, err := json.Marshal(City{Country: "PT", Name: "Lisbon", Names: n}); err != nil || strings.Contains(string(content), "Lisboa") {
		t.Errorf("%s, %v", content, err)
	}
}

func TestParseCityName(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"": "", " \t": "", "  São \n João ": "São João", "東京": "東京", "لشبونة": "لشبونة", "Å": "Å",
		strings.Repeat("ä", MaxName): strings.Repeat("ä", MaxName), "a b c d e f": "a b c d e f"} {
		if name, ok := ParseCityName(typed); name != want || !ok {
			t.Errorf("%q is %q, %t", typed, name, ok)
		}
	}
	for _, typed := range []string{"-", "12", "a\x00b", "a\xff", strings.Repeat("ä", MaxName+1), "a b c d e f g"} {
		if name, ok := ParseCityName(typed); ok {
			t.Errorf("%q is the name %q", typed, name)
		}
	}
}
