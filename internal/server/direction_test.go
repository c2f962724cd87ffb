package server_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/internal/account"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// arabic is a letter of a page that is read from right to left.
var arabic = regexp.MustCompile(`\p{Arabic}`)

// turned reports whether a text of another direction than the page's begins on its own
// side: what is nearest around it names that side, or leaves it to the text.
func turned(n *html.Node) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		switch dir := attr(a, "dir"); {
		case a.Data == "bdi" || dir == "ltr":
			return true
		case dir == "auto":
			return !arabic.MatchString(strings.SplitN(text(a), "Zebra", 2)[0])
		case dir != "":
			return false
		}
	}
	return false
}

// standsRight reports every text of somebody who writes from left to right that a page in
// Arabic shows as if it were Arabic, with its question mark in front.
func (p page) standsRight() (seen int) {
	p.Helper()
	p.is(http.StatusOK)
	for n := range p.one("main").Descendants() {
		if n.Type != html.TextNode || !strings.HasPrefix(strings.TrimSpace(n.Data), "Zebra") || arabic.MatchString(n.Data) || n.Parent.Data == "option" {
			continue
		}
		seen++
		if !turned(n) {
			p.Errorf("%s: %q in <%s class=%q> begins on the wrong side", p.path, n.Data, n.Parent.Data, attr(n.Parent, "class"))
		}
	}
	return seen
}

// Words in another script than the page's, whoever wrote them, stand as they were written.
func TestWordsOfOthersStandAsWritten(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	testdb.Exec(t, b.Store, `update account set name = 'Zebra ' || id || '?'`)
	at := b.ana.complete("Zebra title?")
	b.ana.writes(at+"/place", fields{"organisation": "Zebra office?"}).is(http.StatusSeeOther)
	for _, part := range []string{"summary", "purpose", "stimulus", "process", "impact", "lessons", "contact"} {
		b.ana.writes(at+"/"+part, fields{"text": "Zebra " + part + "?"}).is(http.StatusSeeOther)
	}
	b.ana.hands(at+"/pictures", fields{"act": "upload"}, chosen{"zebra.jpg", photo(t, 900, 600)})
	hash := b.stored(at).Content.Pictures[0].Hash
	b.ana.hands(at+"/pictures", fields{submission.AltField(hash): "Zebra picture?", submission.CreditField(hash): "Zebra photographer?", "act": "save"})
	looks := func(state string, paths map[*client][]string) {
		t.Helper()
		for c, list := range paths {
			for _, path := range list {
				if c.visit(strings.Replace(path, "/en/", "/ar/", 1)).standsRight() == 0 {
					t.Errorf("%s: nothing is on %s", state, path)
				}
			}
		}
	}
	looks("draft", map[*client][]string{b.ana: {"/en/submissions", at, at + "/place", at + "/summary", at + "/check", at + "/print"}})
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	b.kim.comments(desks(at), "impact", "Zebra comment?")
	b.kim.comments(desks(at), "notes", "Zebra note?")
	looks("pending", map[*client][]string{b.kim: {"/en/desk", desks(at), desks(at) + "/reject", desks(at) + "/history"}, b.ana: {at + "/receipt", at + "/withdraw"}})
	b.kim.edits(at, submission.Step{Action: submission.RequestChanges})
	comments, err := b.Store.Submissions.Comments(t.Context(), b.stored(at).ID)
	if err != nil {
		t.Fatal(err)
	}
	asked := comments[slices.IndexFunc(comments, func(c submission.Comment) bool { return !c.Internal })]
	b.ana.writes(at+"/impact", fields{submission.Box{Parent: asked.ID}.Field(): "Zebra reply?", "answer": fmt.Sprint(asked.ID), "text": "Zebra impact, better?"})
	looks("asked", map[*client][]string{b.ana: {at, at + "/impact", at + "/check"}, b.kim: {desks(at)}})
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).is(http.StatusSeeOther)
	looks("again", map[*client][]string{b.kim: {desks(at), desks(at) + "?view=whole"}})
	b.kim.edits(at, submission.Step{Action: submission.Reject, Reason: "Zebra reason?"})
	b.kim.edits(at, submission.Step{Action: submission.Reopen, Reason: "Zebra second thought?"})
	looks("reopened", map[*client][]string{b.kim: {desks(at), desks(at) + "/history"}, b.ana: {at}, b.root(): {"/en/events"}})
	b.kim.presses(b.kim.visit(desks(at)), "/approve", nil).leads(http.StatusSeeOther, desks(at))
	slug := b.stored(at).Slug
	public := "/en/practices/" + slug
	looks("public", map[*client][]string{b.stranger(): {"/en/practices?q=zebra", public}, b.kim: {"/en/desk/practices/" + slug + "/archive"}, b.ana: {public + "/translate", "/en/submissions"}})
	translation := b.translation(slug)
	looks("translated", map[*client][]string{b.ana: {translation + "/summary", translation + "/check"}})
	step := submission.PracticeStep{Action: submission.Archive, By: account.Viewer{ID: b.kim.id, Role: account.Editor}, At: today, Reason: "Zebra archived?"}
	if err := b.Store.Practices.Advance(t.Context(), slug, step); err != nil {
		t.Fatal(err)
	}
	looks("archived", map[*client][]string{b.kim: {"/en/desk/practices"}})
}

// translation begins the French text of a practice.
func (b *bureau) translation(slug string) string {
	b.Helper()
	path := "/en/practices/" + slug + "/translate"
	at := b.ana.posts(path, b.ana.visit(path).filled(fields{"language": "fr"})).header.Get("Location")
	if at == "" {
		b.Fatal("no translation was begun")
	}
	return at
}
