package job_test

import (
	"regexp"
	"strings"
	"testing"

	"exempla/internal/store"
)

// A change of address sends a link to each of the two, with its hour; the second
// confirmation sends word of it to the new one.
func TestMailsOfANewAddress(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	if err := o.Credentials.AskAddress(t.Context(), store.Owner{Account: kim.ID, At: monday}, "new@city.example"); err != nil {
		t.Fatal(err)
	}
	stop := o.work()
	if mails := o.mails(); len(mails) != 2 {
		t.Fatalf("%d mails", len(mails))
	}
	for kind, to := range map[string]string{"new_address.": "new@city.example", "old_address.": "en@city.example"} {
		m := o.with(kind)
		found := regexp.MustCompile(`https://exempla\.example/en/address/([A-Z2-7]{26})\n`).FindStringSubmatch(m.text)
		if m.to != to || found == nil {
			t.Fatalf("%s goes to %s, and says\n%s", kind, m.to, m.text)
		}
		o.inOrder(m.text, "3 March 2026, 09:00 UTC")
		if stranger := kind == "new_address."; stranger == strings.Contains(m.text, "Kim") || stranger == strings.Contains(m.text, "choose a new password at once") {
			t.Errorf("%s says\n%s", kind, m.text)
		}
		if _, _, err := o.Credentials.ConfirmAddress(t.Context(), found[1], store.Owner{At: monday}); err != nil {
			t.Error(err)
		}
	}
	o.mails()
	stop()
	if m := o.with("address_changed."); m.to != "new@city.example" || !strings.Contains(m.text, "choose a new password at once") {
		t.Errorf("to %s it says\n%s", m.to, m.text)
	}
}

// Whoever has the address that another asks for is told, and the other is not.
func TestMailsOfAnAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	if err := o.Credentials.AskAddress(t.Context(), store.Owner{Account: kim.ID, At: monday}, "FR@city.example"); err != nil {
		t.Fatal(err)
	}
	o.work()
	if mails := o.mails(); len(mails) != 2 || mails[0].to != "en@city.example" || mails[1].to != "fr@city.example" {
		t.Fatalf("%d mails", len(mails))
	}
	m := o.with("address_taken.")
	o.inOrder(m.text, "https://exempla.example/fr/account")
	if strings.Contains(m.text, "/address/") || strings.Contains(m.text, "Kim") {
		t.Errorf("it says\n%s", m.text)
	}
}
