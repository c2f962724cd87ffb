package machine

import (
	"fmt"
	"io"
	"strings"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
)

const plainText = "text/plain; charset=utf-8"

// ShowRobots keeps search engines out of suggestions, of combinations of filters and of
// reading lists, of which there are more than practices, and out of files of lists; not
// out of their cards, for which those who show links ask. It names the sitemap. A star
// stands for folders too, so that a practice may begin like the name of a page: the
// question mark tells them apart.
func (h *Handlers) ShowRobots(r *respond.Request) (respond.Response, error) {
	return send(r, plainText, func(out io.Writer) error {
		_, err := fmt.Fprintf(out, "User-agent: *\nDisallow: /*&\nDisallow: /*?%s=\nDisallow: /*/%s?\nDisallow: /*/%s?\nDisallow: /*/practices.\nAllow: /*/practices.png\n\nSitemap: %s\n",
			catalogue.ListParameter, link.SuggestPage, link.CitiesPage, h.Site.Absolute(link.Sitemap))
		return err
	})
}

// validDays is how long what security.txt says is good. RFC 9116 wants less than a
// year; it is counted anew every day, because the settings are read at the start.
const validDays = 180

// ShowSecurityText says where to report weaknesses, as RFC 9116 has it. Without a
// contact there is nothing to say.
func (h *Handlers) ShowSecurityText(r *respond.Request) (respond.Response, error) {
	if h.Security.Contact == "" {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	var tags []string
	for _, l := range r.Locale.Offered() {
		tags = append(tags, l.Tag())
	}
	contact := h.Security.Contact
	if !strings.HasPrefix(contact, "https://") {
		contact = link.Mail(contact)
	}
	expires := h.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, validDays)
	lines := []string{"Contact: " + contact, "Expires: " + expires.Format(time.RFC3339), "Preferred-Languages: " + strings.Join(tags, ", "),
		"Canonical: " + h.Site.Absolute(link.SecurityText)}
	if h.Security.Policy != "" {
		lines = append(lines, "Policy: "+h.Security.Policy)
	}
	r.Writer.Header().Set("Cache-Control", "no-cache")
	out, end := r.Stream(plainText)
	defer end()
	_, err := io.WriteString(out, strings.Join(lines, "\n")+"\n")
	return respond.Response{Written: true}, err
}
