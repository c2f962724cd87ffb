package query_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"exempla/internal/query"
)

// meaning is what a query asks for, without where it stands: its wanted terms
// by alternative, and the excluded ones.
func meaning(terms []query.Term) string {
	var alternatives, excluded []string
	for i, t := range terms {
		one := query.Query{Terms: []query.Term{{Words: t.Words, Phrase: t.Phrase, Excluded: t.Excluded}}}
		switch n := len(alternatives); {
		case t.Excluded:
			excluded = append(excluded, shown(one))
		case n == 0 || t.Or && i > 0:
			alternatives = append(alternatives, shown(one))
		default:
			alternatives[n-1] += " " + shown(one)
		}
	}
	return strings.Join(alternatives, " | ") + " " + strings.Join(excluded, " ")
}

// without leaves a term out. When it began an alternative, the next of its own
// alternative begins it.
func without(terms []query.Term, i int) []query.Term {
	left := slices.Delete(slices.Clone(terms), i, i+1)
	if !terms[i].Or {
		return left
	}
	for at := i; at < len(left); at++ {
		if !left[at].Excluded {
			left[at].Or = true
			break
		}
	}
	return left
}

// check holds what is true of all that can be typed.
func check(t *testing.T, typed string) {
	t.Helper()
	q := query.Parse(typed)
	end := 0
	var printed []string
	for i, term := range q.Terms {
		if term.From < end || term.To <= term.From || term.To > len(typed) || term.Typed != typed[term.From:term.To] {
			t.Fatalf("%q: term %+v behind %d", typed, term, end)
		}
		if len(term.Words) == 0 || slices.Contains(term.Words, "") || term.Or && (i == 0 || term.Excluded) {
			t.Errorf("%q: term %+v", typed, term)
		}
		end = term.To
		alone := query.Parse(term.Typed).Terms
		if len(alone) != 1 || meaning(alone) != meaning([]query.Term{term}) {
			t.Errorf("%q: term %q is read as %+v by itself", typed, term.Typed, alone)
		}
		if term.Or {
			printed = append(printed, "or")
		}
		printed = append(printed, term.Typed)
		if got, want := meaning(query.Parse(q.Without(i)).Terms), meaning(without(q.Terms, i)); got != want {
			t.Errorf("%q without %q is %q, which is read as %s, want %s", typed, term.Typed, q.Without(i), got, want)
		}
	}
	again := query.Parse(strings.Join(printed, " "))
	if meaning(again.Terms) != meaning(q.Terms) {
		t.Errorf("%q printed is %q, which is read as %s, want %s", typed, again.Typed, meaning(again.Terms), meaning(q.Terms))
	}
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{
		"urban farming", `-"urban farming" «les mots» or --x`, "a or -b c OR „d", "sink-or-swim", `foo"bar"-baz or"or"`, "\xff-\"", "多文化　ＯＲ 共生",
	} {
		f.Add(typed)
	}
	f.Fuzz(check)
}

// Mixtures of what means something reach further than random bytes do.
func TestMixtures(t *testing.T) {
	t.Parallel()
	parts := []string{"a", "b", "or", "OR", "ＯＲ", "sink-or-swim", "é", "多文化", "1", " ", " ", " ", "\t", "-", "-", `"`, "“", "„", "«", "»", "'", "/", "&", "🌍", "\xff"}
	draw := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var typed strings.Builder
		for range draw.IntN(14) {
			typed.WriteString(parts[draw.IntN(len(parts))])
		}
		check(t, typed.String())
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		query.Parse(`"urban farming" school or festival -"art club" Barcelona`)
	}
}
