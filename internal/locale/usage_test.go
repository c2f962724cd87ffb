package locale

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// prefixes begin the keys that code puts together from a value: "topic." + slug. A
// key with one of them counts as used.
var prefixes = []string{"about.", "accessibility.", "appearance.colour.", "appearance.form.", "appearance.picture.", "appearance.picture_hint.", "cause.", "collection.", "collection.fault.", "collection.preview.", "collection.state.", "correction.act.", "correction.now.", "criterion.", "decision.", "delivery.", "desk.sort.", "done.", "enquiry.", "enquiry.act.", "enquiry.cause.", "enquiry.kind.", "enquiry.missing.", "enquiry.state.", "event.", "events.practice.", "export.",
	"events.subject.",
	"facet.", "facts.", "file.fault.", "follow.", "following.", "guidance.", "help.", "link_over.", "mail.", "mail.decision.", "mails.class.", "mails.group.", "mails.kind.", "map.continent.", "portrait.around.", "part.", "part.example.", "password.",
	"people.done.", "people.role.", "people.state.", "period.since", "period.until", "person.", "practice.history.", "person.role_hint.", "privacy.",
	"problem.", "problem_in.", "reasoned.", "reasoned.pending.", "review.standing.", "section.", "several.why.", "sort.", "state.advice.", "state.node.", "state.reading.", "state.trouble.", "status.", "submission.kind.",
	"submission.state.", "submissions.group.", "tasks.", "tasks.now.", "template.part.", "theme.fault.", "topic."}

// call finds T("key" and N("key", with a "+" where the key goes on.
var call = regexp.MustCompile(`\b([TN])\(\s*"([^"]*)"\s*(\+?)`)

func TestEveryMessageIsUsed(t *testing.T) {
	t.Parallel()
	code := strings.Join(sources(t), "\n")
	for _, e := range fileOf(t, "en") {
		built := slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(e.key, p) })
		if !built && e.key != SiteName && !strings.Contains(code, `"`+e.key+`"`) {
			t.Errorf("%s is in en.json and nowhere in the code", e.key)
		}
	}
	for _, prefix := range prefixes {
		if !strings.Contains(code, `"`+prefix) {
			t.Errorf("the prefix %q is nowhere in the code", prefix)
		}
	}
}

func TestEveryMessageThatIsUsedExists(t *testing.T) {
	t.Parallel()
	english := fileOf(t, "en")
	for _, text := range sources(t) {
		for _, problem := range unknownCalls(text, english) {
			t.Error(problem)
		}
	}
}

// unknownCalls lists calls in a source text whose key no English message answers in
// the way it is asked.
func unknownCalls(text string, english []entry) []string {
	var found []string
	for _, match := range call.FindAllStringSubmatch(text, -1) {
		function, key, goesOn := match[1], match[2], match[3] != ""
		at := slices.IndexFunc(english, func(e entry) bool { return e.key == key })
		switch {
		case goesOn && !slices.Contains(prefixes, key):
			found = append(found, key+" is not in the list of prefixes")
		case goesOn:
		case at < 0:
			found = append(found, key+" is not in en.json")
		case (function == "T") != (english[at].forms[""] != ""):
			found = append(found, key+" is asked with "+function+": N is for plural messages, T for others")
		}
	}
	return found
}

// sources are the texts that people write in Go and templ, tests and this package
// aside, whose keys are examples.
func sources(t *testing.T) []string {
	t.Helper()
	var texts []string
	for name, text := range repository(t, "internal", "web", "cmd") {
		templ := path.Ext(name) == ".templ"
		written := path.Ext(name) == ".go" && !strings.HasSuffix(name, "_templ.go") && !strings.HasSuffix(name, "_test.go")
		if (templ || written) && !strings.HasPrefix(name, "internal/locale/") {
			texts = append(texts, text)
		}
	}
	return texts
}

// repository reads the files of some folders of the repository, by their path in it.
func repository(t *testing.T, folders ...string) map[string]string {
	t.Helper()
	root := os.DirFS("../..")
	files := make(map[string]string)
	for _, folder := range folders {
		err := fs.WalkDir(root, folder, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || (path.Ext(name) != ".go" && path.Ext(name) != ".templ") {
				return err
			}
			text, err := fs.ReadFile(root, name)
			files[name] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestUnknownCallsAreFound(t *testing.T) {
	t.Parallel()
	english := []entry{{"a.n", map[string]string{"one": "x", "other": "y"}}, {"a.t", map[string]string{"": "x"}}}
	tests := map[string]string{
		`<p>{ l.T("a.t", "Words", w) } { l.N("a.n", n) }</p>`: "",
		`l.T("topic." + slug)`:                                "",
		`l.T("a.u")`:                                          "a.u is not in en.json",
		`l.T(
			"a.u")`: "a.u is not in en.json",
		`l.T("a." + x)`:  "a. is not in the list of prefixes",
		`l.T("a.n")`:     "a.n is asked with T: N is for plural messages, T for others",
		`l.N("a.t", 1)`:  "a.t is asked with N: N is for plural messages, T for others",
		`FIRST("a.u")`:   "",
		`l.T(label.Key)`: "",
	}
	for text, want := range tests {
		if got := strings.Join(unknownCalls(text, english), "; "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
