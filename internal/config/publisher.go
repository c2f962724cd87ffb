package config

import (
	"net/url"
	"strings"

	"exempla/internal/account"
)

// Publisher says who answers for the site. Pages leave out what is not set.
type Publisher struct {
	Publisher      string `help:"Who publishes the site, such as a city or a network; named on every page." env:"EXEMPLA_PUBLISHER" placeholder:"NAME"`
	Contact        string `help:"Mail address for questions, corrections and requests about data." env:"EXEMPLA_CONTACT" placeholder:"ADDRESS"`
	Enforcement    string `help:"Body to which readers can complain about accessibility; named in the accessibility statement." env:"EXEMPLA_ENFORCEMENT" placeholder:"NAME"`
	EnforcementURL string `help:"Where that body takes complaints." env:"EXEMPLA_ENFORCEMENT_URL" placeholder:"URL"`
	Licence        string `help:"Address of the licence under which the catalogue may be used. Default: CC BY 4.0." env:"EXEMPLA_LICENCE" placeholder:"URL"`

	SecurityContact string `help:"Mail address or https:// address at which weaknesses of the site are reported; published in /.well-known/security.txt." env:"EXEMPLA_SECURITY_CONTACT" placeholder:"ADDRESS"`
	SecurityPolicy  string `help:"https:// address of a page that says what reporters can expect." env:"EXEMPLA_SECURITY_POLICY" placeholder:"URL"`
}

// Check returns everything that is wrong with the publisher's settings.
func (p Publisher) Check() []Fault {
	var faults []Fault
	if _, ok := account.ParseMail(p.Contact); p.Contact != "" && !ok {
		faults = append(faults, Fault{"--contact", "must be a mail address without a name, such as exempla@city.example"})
	}
	u, err := url.Parse(p.EnforcementURL)
	switch {
	case p.EnforcementURL == "":
	case p.Enforcement == "":
		faults = append(faults, Fault{"--enforcement", "is needed beside --enforcement-url"})
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		faults = append(faults, Fault{"--enforcement-url", "must begin with https:// or http://"})
	}
	if p.Licence != "" && !isSecureURL(p.Licence) {
		faults = append(faults, Fault{"--licence", "must begin with https://"})
	}
	if _, ok := account.ParseMail(p.SecurityContact); p.SecurityContact != "" && !ok && !isSecureURL(p.SecurityContact) {
		faults = append(faults, Fault{"--security-contact", "must be a mail address without a name, or begin with https://"})
	}
	switch {
	case p.SecurityPolicy == "":
	case p.SecurityContact == "":
		faults = append(faults, Fault{"--security-contact", "is needed beside --security-policy"})
	case !isSecureURL(p.SecurityPolicy):
		faults = append(faults, Fault{"--security-policy", "must begin with https://"})
	}
	return faults
}

// isSecureURL reports whether a text is an address of the web over TLS. One with
// line ends could write lines of its own into security.txt; no URL parses with them. Characters
// that no URL has would end it where it is written.
func isSecureURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && !strings.ContainsAny(text, "<>\"{}|\\^` ")
}
