package config

import (
	"net/url"
	"strings"
)

// Provider is an identity provider that people can sign in with. Without an issuer
// there is none.
type Provider struct {
	Issuer string `name:"oidc-issuer" help:"OpenID Connect identity provider that people can sign in with." env:"EXEMPLA_OIDC_ISSUER" placeholder:"URL"`
	Client string `name:"oidc-client" help:"ID of this site at the identity provider." env:"EXEMPLA_OIDC_CLIENT" placeholder:"ID"`
	Secret string `name:"oidc-secret" help:"Secret of this site at the identity provider." env:"EXEMPLA_OIDC_SECRET" placeholder:"SECRET"`
}

// Check returns everything that is wrong with the provider's settings.
func (p Provider) Check() []Fault {
	var faults []Fault
	if p.Issuer == "" {
		return nil
	}
	if u, err := url.Parse(p.Issuer); err != nil || u.Host == "" || u.Scheme != "https" && !isOwn(u) {
		faults = append(faults, Fault{"--oidc-issuer", "must begin with https://"})
	}
	if strings.TrimSpace(p.Client) == "" || strings.TrimSpace(p.Secret) == "" {
		faults = append(faults, Fault{"--oidc-client", "is needed beside --oidc-issuer, and so is --oidc-secret"})
	}
	return faults
}

// isOwn reports whether requests to an address without TLS stay on this machine.
func isOwn(u *url.URL) bool {
	return u.Scheme == "http" && (u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1")
}
