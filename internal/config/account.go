package config

import "fmt"

// Invite holds the settings for inviting from the command line.
type Invite struct {
	Database
	Mail
	PublicURL string `help:"Where people reach the site, for the link." env:"EXEMPLA_PUBLIC_URL" default:"http://localhost:8080" placeholder:"URL"`
}

// Check returns everything that is wrong with the settings.
func (s Invite) Check() []Fault {
	faults := append(s.Database.Check(), s.Mail.Check()...)
	if !isOrigin(s.PublicURL) {
		faults = append(faults, Fault{"--public-url", fmt.Sprintf("%q must be like https://exempla.example, without a path", s.PublicURL)})
	}
	return faults
}
