package server_test

import (
	"net/http"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/mail"
)

// What a site that is tried out would have sent can be read; elsewhere there is
// no such address.
func TestOutbox(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.get("/dev/mail").is(http.StatusNotFound)
	s.Outbox = &mail.Outbox{}
	s.restart()
	s.visit("/dev/mail").says(".empty", "No emails yet")
	arabic, _ := locale.Find("ar")
	letter, err := mail.Compose(mail.Letter{Number: 1, Kind: "approved", To: "ana@city.example", Locale: arabic, Site: origin,
		Path: "/ar/practices/a", Title: "<b>", Reference: "EX-00001"})
	if err != nil {
		t.Fatal(err)
	}
	for range 120 {
		if err := s.Outbox.Send(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
	}
	p := s.get("/dev/mail", "Accept-Language", "fr")
	p.is(http.StatusOK)
	p.in("fr")
	if n := len(all(p.doc, "article")); n != 100 || p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d mails, %v", n, p.header)
	}
	first := all(p.doc, "article")[0]
	if attr(all(first, "h2")[0], "dir") != "rtl" || attr(all(first, "a")[0], "href") != origin+"/ar/practices/a" || len(all(first, "b")) > 0 {
		t.Errorf("the mail is shown as %s", text(first))
	}
}
