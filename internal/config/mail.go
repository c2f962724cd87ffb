package config

import (
	"net/mail"
	"net/url"
)

// Mail says how mails are sent. The zero value keeps them in the queue.
type Mail struct {
	SMTPURL  string `name:"smtp-url" help:"Mail server: smtp://user:password@host:port, or smtps:// for TLS from the first byte. Without it mails wait." env:"EXEMPLA_SMTP_URL" placeholder:"URL"`
	MailFrom string `help:"Sender of mails. Without a name it has that of the site. Default: exempla@ and the host of the public address." env:"EXEMPLA_MAIL_FROM" placeholder:"ADDRESS"`
}

// Check returns everything that is wrong with the mail settings.
func (m Mail) Check() []Fault {
	var faults []Fault
	if m.SMTPURL != "" && !isMailServer(m.SMTPURL) {
		// The URL may hold a password, so it is not repeated.
		faults = append(faults, Fault{"--smtp-url", "must be like smtp://user:password@host:587 or smtps://user:password@host:465, without a path"})
	}
	if _, err := mail.ParseAddress(m.MailFrom); m.MailFrom != "" && err != nil {
		faults = append(faults, Fault{"--mail-from", "must be like Exempla <exempla@city.example>"})
	}
	return faults
}

func isMailServer(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "smtp" || u.Scheme == "smtps") && u.Hostname() != "" &&
		(u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == ""
}

// Sender returns the From address of mails: MailFrom or, by default, exempla@ at the
// host of the site's URL.
func (m Mail) Sender(site string) string {
	if m.MailFrom != "" {
		return m.MailFrom
	}
	host := "localhost"
	if u, err := url.Parse(site); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "exempla@" + host
}
