package config

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
)

// TLS says how the program itself speaks https. The zero value leaves that to a proxy.
type TLS struct {
	Certificates   string `name:"tls" help:"Speak https: auto gets certificates from Let's Encrypt, whose terms you accept by it; CERTIFICATE,KEY names two PEM files, which are read again when they change. Default: none, a proxy in front does it." env:"EXEMPLA_TLS" placeholder:"auto|FILE,FILE"`
	RedirectListen string `help:"Address at which http is answered by a redirect to https. Default: :80 where --tls is set and --listen is not, else none." env:"EXEMPLA_REDIRECT_LISTEN" placeholder:"ADDRESS"`
	ACMEDirectory  string `name:"acme-directory" help:"Another authority that gives certificates by ACME." env:"EXEMPLA_ACME_DIRECTORY" default:"https://acme-v02.api.letsencrypt.org/directory" placeholder:"URL"`
}

// Auto reports whether certificates come from an authority.
func (t TLS) Auto() bool { return t.Certificates == "auto" }

// Pair returns the files of the certificate and its key; ok is false unless both are named.
func (t TLS) Pair() (certificate, key string, ok bool) {
	certificate, key, ok = strings.Cut(t.Certificates, ",")
	return certificate, key, ok && filepath.IsAbs(certificate) && filepath.IsAbs(key)
}

// check returns everything that is wrong with the settings of a site at an address.
func (t TLS) check(publicURL string) []Fault {
	var faults []Fault
	if t.RedirectListen != "" {
		faults = checkAddress("--redirect-listen", t.RedirectListen)
		if t.Certificates == "" {
			faults = append(faults, Fault{"--redirect-listen", "leads to https, which needs --tls"})
		}
	}
	if t.Certificates == "" {
		return faults
	}
	if _, _, ok := t.Pair(); !ok && !t.Auto() {
		faults = append(faults, Fault{"--tls", fmt.Sprintf("%q must be auto, or the absolute paths of a certificate and its key with a comma between", t.Certificates)})
	}
	site, err := url.Parse(publicURL)
	if err != nil || site.Scheme != "https" {
		return append(faults, Fault{"--public-url", "must begin with https:// beside --tls"})
	}
	if t.Auto() && (net.ParseIP(site.Hostname()) != nil || !strings.Contains(site.Hostname(), ".")) {
		faults = append(faults, Fault{"--public-url", "needs the name of a host in the internet beside --tls auto, such as https://exempla.example"})
	}
	return faults
}
