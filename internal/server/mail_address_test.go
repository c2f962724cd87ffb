package server_test

import (
	"net/http"
	"testing"

	"exempla/internal/account"
)

// Every form takes the same mail addresses, and says the same of what is none.
func TestMailAddressesAreReadAlike(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	root := b.as(account.Administrator)
	for name, send := range map[string]func(mail string) page{
		"sign in":    func(mail string) page { return b.stranger().post(signInPath, "mail", mail, "password", "wrong") },
		"reset":      func(mail string) page { return b.stranger().post("/en/reset", "mail", mail) },
		"address":    func(mail string) page { return b.ana.post("/en/account/address", "mail", mail, "password", password) },
		"invitation": func(mail string) page { return root.post("/en/people/invite", "mail", mail, "role", "editor") },
		"colleague":  func(mail string) page { return b.ana.post(at+"/colleague", "mail", mail) },
	} {
		for _, mail := range []string{"", "ana", "ana@city", "ana@", "@city.example", "Ana <ana@city.example>", "a@city.example, b@city.example", "ana @city.example"} {
			p := send(mail)
			p.is(http.StatusUnprocessableEntity)
			p.says("#mail-problem", "Enter one email address, like name@city.example")
			if kept := p.filled(nil)["mail"]; kept != mail {
				t.Errorf("%s: %q was typed, %q is kept", name, mail, kept)
			}
		}
		for _, mail := range []string{" " + name[:3] + "+x@city.example ", "jose-" + name[:3] + "@città.example"} {
			if p := send(mail); text(p.doc) != "" && len(all(p.doc, "#mail-problem")) > 0 && name != "sign in" {
				t.Errorf("%s: %q is refused: %s", name, mail, text(p.one("#mail-problem")))
			}
		}
	}
}
