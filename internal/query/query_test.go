package query_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/query"
)

// shown writes a query as it was read: phrases in quotation marks, the words of
// other terms joined by plus signs, "|" before an alternative, "-" before what is
// excluded.
func shown(q query.Query) string {
	var list []string
	for _, t := range q.Terms {
		one := strings.Join(t.Words, "+")
		if t.Phrase {
			one = `"` + strings.Join(t.Words, " ") + `"`
		}
		if t.Excluded {
			one = "-" + one
		}
		if t.Or {
			list = append(list, "|")
		}
		list = append(list, one)
	}
	return strings.Join(list, " ")
}

func TestParse(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                       "",
		" \t ":                   "",
		"urban":                  "urban",
		"Urban  FARMING":         "urban farming",
		"São João, Łódź":         "são joão łódź",
		"Genève/Bern":            "genève+bern",
		"l'école":                "l+école",
		"多文化　共生":                 "多文化 共生",
		"C++ & C#":               "c c",
		"🌍 ½":                    "1+2",
		"1 2 3 4 5 6 7 8 9 10":   "1 2 3 4 5 6 7 8 9 10",
		"a\xffb":                 "a+b",
		"(school)":               "school",
		`foo"bar baz"qux`:        `foo "bar baz" qux`,
		"anti-rumour Malta 2.0 ": "anti+rumour malta 2+0",
	} {
		if got := shown(query.Parse(typed)); got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

// Any two quotation marks have a phrase between them, whichever they are.
func TestPhrases(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		`"urban farming"`:        `"urban farming"`,
		`„städtische Gärten“ B`:  `"städtische gärten" b`,
		`«les mots» »die Worte«`: `"les mots" "die worte"`,
		`“a b” ”c d“`:            `"a b" "c d"`,
		`„a b" «c d`:             `"a b" "c d"`,
		`"never closed`:          `"never closed"`,
		`a "" " " "!" b`:         "a b",
		`a "`:                    "a",
		`"""`:                    "",
		`"a""b"`:                 `"a" "b"`,
		`'a b'`:                  "a b",
		`"-a -b"`:                `"a b"`,
	} {
		if got := shown(query.Parse(typed)); got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

// "or" joins alternatives only where it stands alone between two of them.
func TestAlternatives(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"a or b OR c Or d":      "a | b | c | d",
		"greece malta or c d":   "greece malta | c d",
		"a ＯＲ b":                "a | b",
		`"a b" or "c d"`:        `"a b" | "c d"`,
		`"a b"or"c d"`:          `"a b" | "c d"`,
		"a or Genève/Bern":      "a | genève+bern",
		"sink-or-swim":          "sink+or+swim",
		"Malta-or-Cyprus Gozo":  "malta+or+cyprus gozo",
		"either/or":             "either+or",
		"and/or school":         "and+or school",
		"a or, b":               "a or b",
		`"this or that"`:        `"this or that"`,
		`"or"`:                  `"or"`,
		`a "or" b`:              `a "or" b`,
		"or":                    "",
		"OR OR":                 "",
		"or a":                  "a",
		"a or":                  "a",
		"or a or":               "a",
		"a or or or b":          "a | b",
		"a OR & b":              "a | b",
		"a or -b c":             "a -b | c",
		"-a or b":               "-a b",
		"a -b or c":             "a -b | c",
		"oregon for or orb":     "oregon for | orb",
		"a oder b ou c ή d або": "a oder b ou c ή d або",
	} {
		if got := shown(query.Parse(typed)); got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

func TestExclusions(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"-a":                "-a",
		"a -b -c":           "a -b -c",
		"--a":               "-a",
		`a -"b c"`:          `a -"b c"`,
		`a --“b c”`:         `a -"b c"`,
		`a - "b c"`:         `a "b c"`,
		"-Genève/Bern":      "-genève+bern",
		"-or":               "-or",
		"OR -or":            "-or",
		"-sink-or-swim":     "-sink+or+swim",
		"Cyprus - Malta":    "cyprus malta",
		"Cyprus -- Malta":   "cyprus malta",
		"anti-rumour 5-":    "anti+rumour 5",
		`foo-"b c"`:         `foo "b c"`,
		`"a"-b`:             `"a" -b`,
		`-a"b c"`:           `-a "b c"`,
		"- -- --- -! - \"-": "",
		"–a — b":            "a b",
	} {
		if got := shown(query.Parse(typed)); got != want {
			t.Errorf("%q is read as %s, want %s", typed, got, want)
		}
	}
}

func TestTermsKeepHowTheyWereTyped(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Urban  Farming!":              "Urban|Farming!",
		`-"urban farming" «les mots»`:  `-"urban farming"|«les mots»`,
		`„städtische Gärten“ or --x`:   `„städtische Gärten“|--x`,
		`foo"bar baz"qux`:              `foo|"bar baz"|qux`,
		"Cyprus - Malta & 🌍":           "Cyprus|Malta",
		`a "never closed`:              `a|"never closed`,
		"sink-or-swim or Malta/Cyprus": "sink-or-swim|Malta/Cyprus",
	} {
		var got []string
		for _, term := range query.Parse(typed).Terms {
			if typed[term.From:term.To] != term.Typed {
				t.Errorf("%q: %q is not at %d to %d", typed, term.Typed, term.From, term.To)
			}
			got = append(got, term.Typed)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q has the terms %q, want %s", typed, got, want)
		}
	}
}

func TestOnlyExcludes(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]bool{
		"": false, "or": false, "- !": false, "a": false, "-a b": false, `"a" -b`: false, "-a or b": false,
		"-a": true, `-"a b"`: true, "-a -b": true, "or -a": true, "-1 -2 -3 -4 -5 -6 -7 -8 -9": true,
	} {
		if got := query.Parse(typed).OnlyExcludes(); got != want {
			t.Errorf("%q: %t, want %t", typed, got, want)
		}
	}
}

func TestWithout(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string][]string{
		"alone":               {""},
		"urban farming":       {"farming", "urban"},
		"a - b":               {"- b", "a -"},
		`a "b c" -d`:          {`"b c" -d`, "a -d", `a "b c"`},
		"a or b":              {"b", "a"},
		"a OR b or c":         {"b or c", "a or c", "a OR b"},
		`"a b" or c d`:        {"c d", `"a b" or d`, `"a b" or c`},
		"a b or c":            {"b or c", "a or c", "a b"},
		"sink-or-swim or x":   {"x", "sink-or-swim"},
		`a -"b c" "or" d`:     {`-"b c" "or" d`, `a "or" d`, `a -"b c" d`, `a -"b c" "or"`},
		`foo"bar  baz"qux  x`: {`"bar baz"qux x`, "foo qux x", `foo"bar baz" x`, `foo"bar baz"qux`},
	} {
		q := query.Parse(typed)
		var got []string
		for i := range q.Terms {
			got = append(got, q.Without(i))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
		if q.Without(-1) != typed || q.Without(len(q.Terms)) != typed {
			t.Errorf("%q: a term that is not there took something away", typed)
		}
	}
}
