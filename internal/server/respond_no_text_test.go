package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
)

// fieldNames are those of the fields of all forms that take words.
var fieldNames = strings.Fields(`mail name role also city cities words cause reason title organisation text comment note answer code password new_password
	key back consent language topic q intro-en title-en practices selection slug body remark summary frequency version of to at from address field
	public_words public_answer contact author account assignee state locale content visible`)

// Bytes that are no text are the sender's mistake, wherever they reach the database.
func TestBytesThatAreNoText(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	waiting := b.handIn(b.ana)
	err := chi.Walk(b.handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		path := strings.NewReplacer("{language}", "en", "{slug}", ioannina, "{id}", waiting, "{part}", "summary", "{comment}", "1", "{account}", "1",
			"{city}", "gr-ioannina", "{hash}", strings.Repeat("0", 64), "{token}", "none", "{name}", "style.css", "{number}", "1").Replace(strings.TrimSuffix(pattern, "*"))
		for _, bytes := range []string{"a\x00b", "a\xffb", "ana\x00@city.example"} {
			fields := url.Values{}
			for _, name := range fieldNames {
				fields.Set(name, bytes)
			}
			for role, c := range map[string]*client{"stranger": b.stranger(), "officer": b.ana, "editor": b.kim, "administrator": b.root()} {
				request := httptest.NewRequest(method, path+"?"+fields.Encode(), nil)
				if method == http.MethodPost {
					fields.Set("cause", "duplicate") // else words are not looked at
					request = httptest.NewRequest(method, path, strings.NewReader(fields.Encode()))
				}
				if p := c.request(request, "Content-Type", "application/x-www-form-urlencoded"); p.status == http.StatusInternalServerError {
					t.Errorf("%s %s: %s sends %q: status %d", method, path, role, bytes, p.status)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
