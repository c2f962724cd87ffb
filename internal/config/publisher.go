package config

import (
	"net/mail"
	"net/url"
)

// Publisher says who answers for the site. Pages leave out what is not set.
type Publisher struct {
	Publisher      string `help:"Who publishes the site, such as a city or a network; named on every page." env:"EXEMPLA_PUBLISHER" placeholder:"NAME"`
	Contact        string `help:"Mail address for questions, corrections and requests about data." env:"EXEMPLA_CONTACT" placeholder:"ADDRESS"`
	Enforcement    string `help:"Body to which readers can complain about accessibility; named in the accessibility statement." env:"EXEMPLA_ENFORCEMENT" placeholder:"NAME"`
	EnforcementURL string `help:"Where that body takes complaints." env:"EXEMPLA_ENFORCEMENT_URL" placeholder:"URL"`
}

// Check returns everything that is wrong with the publisher's settings.
func (p Publisher) Check() []Fault {
	var faults []Fault
	if read, err := mail.ParseAddress(p.Contact); p.Contact != "" && (err != nil || read.Address != p.Contact) {
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
	return faults
}
