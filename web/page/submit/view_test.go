package submit_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

var today = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

func english(t *testing.T) *locale.Locale {
	t.Helper()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("there is no English")
	}
	return l
}

// seenBy is the frame of a page that an account with a role sees.
func seenBy(id account.ID, role account.Role) frame.Frame {
	return frame.Frame{Viewer: account.Viewer{ID: id, Role: role, Name: "The viewer"}}
}

// view is the main part of a page.
type view struct {
	*testing.T
	html, text string
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

func render(t *testing.T, page templ.Component) view {
	t.Helper()
	var out bytes.Buffer
	if err := page.Render(locale.With(t.Context(), english(t)), &out); err != nil {
		t.Fatal(err)
	}
	_, main, _ := strings.Cut(out.String(), "<main")
	main, _, _ = strings.Cut(main, "</main>")
	return view{t, main, spaces.ReplaceAllString(tags.ReplaceAllString(main, ""), " ")}
}

// shows checks phrases of the text.
func (v view) shows(phrases ...string) {
	v.Helper()
	for _, phrase := range phrases {
		if !strings.Contains(v.text, phrase) {
			v.Errorf("%q is missing in: %s", phrase, v.text)
		}
	}
}

// hides checks that phrases are not in the text.
func (v view) hides(phrases ...string) {
	v.Helper()
	for _, phrase := range phrases {
		if strings.Contains(v.text, phrase) {
			v.Errorf("%q is in: %s", phrase, v.text)
		}
	}
}

// has checks a fragment of the HTML: that it is there, or that it is not.
func (v view) has(fragment string, want bool) {
	v.Helper()
	if got := strings.Contains(v.html, fragment); got != want {
		v.Errorf("%q: got %t, want %t, in %s", fragment, got, want, v.html)
	}
}
