package mail_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/mail"
	"exempla/internal/submission"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kinds are those that the store knows.
var kinds = []string{"submitted", "assigned", "approved_first", "withdrawn", "answered", "decided", "changes_requested", "corrected", "approved", "rejected",
	"reopened", "invitation", "co_author", "removed_author", "reset", "received", "archived", "restored", "text_corrected", "outdated", "role_changed", "cities_changed", "account_disabled", "account_enabled", "password_changed",
	"second_factor_on", "second_factor_off", "second_factor_reset", "recovery_code_used", "passkey_added", "passkey_removed", "identity_linked",
	"reminder", "digest", "new_address", "old_address", "address_changed", "address_taken", "enquiry", "question", "reply", "closed", "follow", "alert"}

// letter is a letter with everything in it.
func letter(kind, tag string) mail.Letter {
	l, _ := locale.Find(tag)
	return mail.Letter{Number: 12, Kind: kind, To: "ana@city.example", Name: "Ana", Locale: l, Site: "https://exempla.example:8443",
		Path: "/" + tag + "/submissions/7", Until: time.Date(2026, time.March, 9, 0, 0, 0, 0, time.UTC), By: "Kim", Roles: []account.Role{account.Editor}, Title: "Café <b> & Co",
		Decision: submission.DecidedRejected, Reference: "EX-00007", Reason: "Two\r\n\r\nparagraphs", Comments: []mail.Comment{{Part: "contact", Text: "Last"},
			{Part: "place", Text: "First\nof all"}, {Text: "On the whole"}, {Part: "place", Text: "<script>alert(1)</script>"}}}
}

func compose(t *testing.T, l mail.Letter) mail.Mail {
	t.Helper()
	m, err := mail.Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGoldenMails(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"changes_requested", "invitation"} {
		m := compose(t, letter(kind, "en"))
		for shape, got := range map[string]string{"txt": m.Subject + "\n\n" + m.Text, "html": m.HTML} {
			name := "testdata/" + kind + "." + shape
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(name); err != nil || string(want) != got {
				t.Errorf("%s differs (%v); look at it and run the test with -update:\n%s", name, err, got)
			}
		}
	}
}

// Every kind has its words, in every language, and both shapes say the same.
func TestEveryKindInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		for _, kind := range kinds {
			m := compose(t, letter(kind, l.Tag()))
			doc, err := html.Parse(strings.NewReader(m.HTML))
			if err != nil {
				t.Fatal(err)
			}
			for what, text := range map[string]string{"subject": m.Subject, "text": m.Text, "HTML": words(doc)} {
				if text == "" || strings.Contains(text, "mail."+kind) || strings.Contains(text, "mail.greeting") || strings.Contains(text, "<no value>") {
					t.Errorf("%s in %s: %s says %q", kind, l.Tag(), what, text)
				}
			}
			if strings.Contains(m.HTML, "<script>") || !strings.Contains(m.HTML, `<html lang="`+l.Tag()+`" dir="`+l.Dir()+`">`) {
				t.Errorf("%s in %s:\n%s", kind, l.Tag(), m.HTML)
			}
			for _, shape := range []string{m.Text, words(doc)} {
				if !strings.Contains(shape, l.T("mail."+kind+".action")) || !strings.Contains(m.HTML, m.Link) {
					t.Errorf("%s in %s: no link in\n%s", kind, l.Tag(), shape)
				}
			}
		}
	}
}

// words is the text of a document.
func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		b.WriteString(words(child) + " ")
	}
	return b.String()
}

// What is said one by one is a list, to be heard as one, and what people write looks as on
// the site, with their own lists and links; in plain text each has a line of its own.
func TestListsAreLists(t *testing.T) {
	t.Parallel()
	l := letter("text_corrected", "en")
	l.Changed = []submission.Part{"place", "contact"}
	l.Comments = []mail.Comment{{Part: "contact", Text: "See www.city.example:\n\n- a name\n- an office"}, {Part: "contact", Text: "Thanks"}}
	m := compose(t, l)
	for _, want := range []string{
		"<p>Changed:</p> <ul><li>Title and place</li><li>Contact</li></ul>",
		`<ul class="remarks"><li><blockquote dir="auto"><p>See <a href="http://www.city.example" rel="nofollow">www.city.example</a>:</p>`,
		"<ul>\n<li>a name</li>\n<li>an office</li>\n</ul>",
		`</blockquote></li><li><blockquote dir="auto"><p>Thanks</p>`,
	} {
		if !strings.Contains(m.HTML, want) {
			t.Errorf("no %s in\n%s", want, m.HTML)
		}
	}
	for _, want := range []string{"\n\nChanged:\n- Title and place\n- Contact\n\n", "\n> - a name\n> - an office\n\n> Thanks\n"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
}

// Who is gone has no name, and what has no title still has its words.
func TestUnknownPeople(t *testing.T) {
	t.Parallel()
	l := letter("assigned", "en")
	l.Name, l.By, l.Reason, l.Comments, l.Until = "", "", "", nil, time.Time{}
	m := compose(t, l)
	if !strings.HasPrefix(m.Text, "Hello,\n\nSomebody has asked you") || strings.Contains(m.Text, "\n> ") {
		t.Errorf("says\n%s", m.Text)
	}
}

func TestNothingBeginsAHeader(t *testing.T) {
	t.Parallel()
	l := letter("approved", "en")
	l.Title = "A\r\nBcc: all@city.example\r\n\r\n\x00Body\u0085x"
	if m := compose(t, l); strings.ContainsAny(m.Subject, "\r\n\x00\u0085") {
		t.Errorf("the subject is %q", m.Subject)
	}
}

func TestMessageIDIsTheLettersOwn(t *testing.T) {
	t.Parallel()
	if got := compose(t, letter("reset", "en")).ID; got != "reset.12@exempla.example" {
		t.Errorf("got %s", got)
	}
}

// A link that works for an hour says until which hour, and words in another language
// than the mail say in which.
func TestHourAndLanguage(t *testing.T) {
	t.Parallel()
	l := letter("rejected", "de")
	l.Until = time.Date(2026, time.March, 9, 15, 5, 0, 0, time.FixedZone("", 3600))
	l.Language = "fr"
	m := compose(t, l)
	for _, shape := range []string{m.Text, m.HTML} {
		if !strings.Contains(shape, "14:05 UTC") || !strings.Contains(shape, "Auf Französisch:") {
			t.Errorf("says\n%s", shape)
		}
	}
	if !strings.Contains(m.HTML, `<blockquote dir="auto" lang="fr">`) {
		t.Errorf("not marked as French: %s", m.HTML)
	}
	l.Language = "de"
	if m := compose(t, l); strings.Contains(m.Text, "Auf Deutsch") {
		t.Errorf("says the language of the mail: %s", m.Text)
	}
}

// A common cause is explained in the reader's language, above the editor's words.
func TestCauseIsToldInTheLanguageOfTheMail(t *testing.T) {
	t.Parallel()
	for tag, sentence := range map[string]string{"en": "The catalogue has it already", "de": "Es steht schon im Katalog"} {
		l := letter("rejected", tag)
		l.Cause, l.Reason = "double", "See the other one"
		m := compose(t, l)
		at, words := strings.Index(m.Text, sentence), strings.Index(m.Text, "See the other one")
		if at < 0 || words < at {
			t.Errorf("%s: %s", tag, m.Text)
		}
		if !strings.Contains(m.HTML, sentence) {
			t.Errorf("%s: %s", tag, m.HTML)
		}
	}
}

// A mail about a change of roles says which are there now, which are new and which are
// gone.
func TestRolesGainedAndLost(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		letter := mail.Letter{Kind: "role_changed", Locale: l, Site: "https://exempla.example", By: "Root", To: "a@city.example",
			Roles: []account.Role{account.Officer, account.Editor}, Gained: []account.Role{account.Officer}, Lost: []account.Role{account.Administrator}}
		m, err := mail.Compose(letter)
		if err != nil {
			t.Fatal(err)
		}
		name := func(r account.Role) string { return l.T("people.role." + string(r)) }
		for _, want := range []string{l.And([]string{name(account.Officer), name(account.Editor)}),
			l.T("mail.gained", "Roles", name(account.Officer)), l.T("mail.lost", "Roles", name(account.Administrator))} {
			if !strings.Contains(m.Text, want) || !strings.Contains(html.UnescapeString(m.HTML), want) {
				t.Errorf("%s: %q is missing in %s", l.Tag(), want, m.Text)
			}
		}
	}
}
