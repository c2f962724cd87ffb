package job_test

import (
	"net/mail"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// Mails come in the name and with the colours of the site, from the next one on.
func TestMailsHaveTheLookOfTheSite(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	var look theme.Theme
	look.Words.Set("en", locale.SiteName, locale.Forms{"other": "Πόλεις"})
	look.Colours = theme.Colours{Accent: theme.Pair{Light: "#5b2a86"}, Header: theme.Pair{Dark: "#000000"}}
	o.look = &theme.Current{}
	o.look.Show(theme.NewLook(1, look))
	o.queue(store.MailJob{Mail: store.MailPassword, To: 2}, store.MailJob{Mail: store.MailPassword, To: 3})
	o.work()
	for _, m := range o.mails() {
		from, err := mail.ParseAddress(m.header.Get("From"))
		want := map[string]string{"en@city.example": "Πόλεις", "fr@city.example": "Πόλεις"}[m.to]
		if err != nil || from.Name != want || from.Address != "exempla@city.example" {
			t.Errorf("to %s from %v, %v", m.to, from, err)
		}
		o.inOrder(m.html, ".btn{background:#5b2a86;color:#ffffff}@media (prefers-color-scheme: dark){", "background:#000000}}</style>", `<p class="mark">`+want)
	}
}
