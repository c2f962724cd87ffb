package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/practice"
)

// keywordBoxes are the keywords of a form: those that are ticked, and the others.
func (p page) keywordBoxes() (ticked, others []string) {
	for _, box := range all(p.doc, "#keywords input") {
		if has(box, "checked") {
			ticked = append(ticked, attr(box, "value"))
		} else {
			others = append(others, attr(box, "value"))
		}
	}
	return ticked, others
}

// An officer chooses what the program finds in the text, and adds words of another
// language; editors see it, and once it is public, readers find the practice by words
// that stand nowhere in it.
func TestKeywordsFromDraftToCatalogue(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.complete("Chess evenings")
	b.ana.writes(at+"/summary", fields{"text": "Every Friday, pupils and refugees play chess in the library."})
	form := b.ana.visit(at + "/topics")
	form.says("#keywords", "Found in your text", "chess", "library")
	if ticked, others := form.keywordBoxes(); len(ticked) > 0 || !slices.Contains(others, "chess") || !slices.Contains(others, "refugee") {
		t.Errorf("ticked are %q, suggested %q", ticked, others)
	}
	b.ana.posts(at+"/topics", form.filled(fields{"keywords": "chess|refugee", "other_keywords": "Fußball, εθελοντής"})).is(http.StatusSeeOther)
	same(t, "keywords", b.stored(at).Content.Keywords, []string{"chess", "refugee", "football", "volunteer"})
	again := b.ana.visit(at + "/topics")
	if ticked, others := again.keywordBoxes(); len(ticked) != 4 || slices.Contains(others, "chess") || attr(again.one("#other_keywords"), "value") != "" {
		t.Errorf("afterwards %q are ticked, and %q suggested", ticked, others)
	}
	b.ana.visit(at+"/check").says("main", "Keywords chess, refugee, football and volunteer")
	b.ana.visit(strings.Replace(at, "/en/", "/fr/", 1)+"/print").says("main", "Mots-clés échecs")

	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	b.kim.visit(desks(at)).says("#part-topics", "Refugees", "Keywords chess, refugee, football and volunteer")
	b.kim.post(desks(at)+"/approve", "version", b.version(at))
	slug := b.stored(at).Slug
	same(t, "keywords in public", b.practice(slug).Keywords, []string{"chess", "refugee", "football", "volunteer"})
	public := b.stranger()
	public.visit("/de/practices/"+slug).says(".facts .keywords", "Schach", "Fußball")
	if found := public.visit(link.Search("el", "ποδόσφαιρο")).slugs(); !slices.Contains(found, slug) {
		t.Errorf("by a keyword in Greek only %q are found", found)
	}
}

func TestUnknownKeywords(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	form := b.ana.visit(at + "/topics")
	typed := form.filled(fields{"topics": "refugees", "other_keywords": "quidditch, school, qwertz"})
	b.ana.posts(at+"/topics", typed, "Accept", "application/json").is(http.StatusUnprocessableEntity) // while it is typed
	if kept := b.stored(at).Content.Keywords; len(kept) > 0 {
		t.Errorf("while it is typed, %q were stored", kept)
	}

	wrong := b.ana.posts(at+"/topics", typed)
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says("#other_keywords-problem", "quidditch, qwertz", "Everything else is saved")
	wrong.says("#problems", "quidditch")
	if attr(wrong.one("#other_keywords"), "value") != "quidditch, qwertz" {
		t.Error("what was typed is lost")
	}
	same(t, "keywords", b.stored(at).Content.Keywords, []string{"school"})
	same(t, "topics", b.stored(at).Content.Topics, []practice.Topic{"refugees"})
	ticked, _ := wrong.keywordBoxes()
	same(t, "boxes", ticked, []string{"school"})

	b.ana.posts(at+"/topics", wrong.filled(fields{"other_keywords": "music"})).is(http.StatusSeeOther)
	same(t, "in the end", b.stored(at).Content.Keywords, []string{"school", "music"})
	b.ana.posts(at+"/topics", b.ana.visit(at+"/topics").filled(fields{"keywords": "music"})).is(http.StatusSeeOther)
	same(t, "with a tick taken away", b.stored(at).Content.Keywords, []string{"music"})
}

// Two people choose keywords: both choices are shown, and neither is lost.
func TestConflictOfKeywords(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	hers, his := b.ana.visit(at+"/topics"), b.bo.visit(at+"/topics")
	b.ana.posts(at+"/topics", hers.filled(fields{"other_keywords": "school"})).is(http.StatusSeeOther)
	conflict := b.bo.posts(at+"/topics", his.filled(fields{"keywords": "music", "other_keywords": "quidditch"}))
	conflict.is(http.StatusConflict)
	conflict.says("section[aria-labelledby=theirs]", "school")
	ticked, others := conflict.keywordBoxes()
	if !slices.Equal(ticked, []string{"music"}) || !slices.Contains(others, "school") || attr(conflict.one("#other_keywords"), "value") != "quidditch" {
		t.Errorf("ticked are %q, others %q", ticked, others)
	}
}

// A change begins with the keywords that are public, and editors see what became of
// them; a translation changes none.
func TestChangedKeywords(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	before := b.practice(ioannina).Keywords
	at := b.changes(ioannina, "One change")
	same(t, "of the change", b.stored(at).Content.Keywords, before)
	b.ana.posts(at+"/withdraw", b.ana.visit(at+"/withdraw").filled(nil)).is(http.StatusSeeOther)
	full := b.ana.visit(at + "/topics")
	refused := b.ana.posts(at+"/topics", full.filled(fields{"other_keywords": "chess"}))
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#keywords-problem", "at most 30 keywords")
	if attr(refused.one("#other_keywords"), "value") != "chess" {
		t.Error("what was typed is lost")
	}
	chosen := strings.Join(before[1:], "|")
	b.ana.posts(at+"/topics", full.filled(fields{"keywords": chosen, "other_keywords": "chess"})).is(http.StatusSeeOther)
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	review := b.kim.visit(desks(at) + "?view=public")
	review.says("#part-topics", "Keywords")
	review.says("#part-topics ins", "inserted: chess")
	review.says("#part-topics del", "deleted: refugee")
	b.kim.presses(review, "/approve", nil)
	after := append(before[1:len(before):len(before)], "chess")
	same(t, "in public", b.practice(ioannina).Keywords, after)

	form := b.ana.visit(link.Translate("en", ioannina)).filled(fields{"language": "uk"})
	other := b.ana.posts(link.Translate("en", ioannina), form).header.Get("Location")
	b.ana.get(other + "/topics").is(http.StatusNotFound)
	s := b.stored(other)
	s.Content.Keywords = nil
	same(t, "after a translation", s.Published(b.practice(ioannina)).Keywords, after)
}
