// Package config holds the settings: one struct for each command, filled from flags
// and the environment and checked as a whole, so that all faults are reported at
// once.
package config

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// Database says where the data are stored. Like all settings here, its flags and
// environment variables are named by the tags, which the command line's parser
// reads.
type Database struct {
	Data        string `help:"Folder for the data when the program runs its own Postgres." env:"EXEMPLA_DATA" placeholder:"FOLDER"`
	DatabaseURL string `help:"A Postgres server to use instead: postgres://user:password@host:port/name." env:"DATABASE_URL" placeholder:"URL"`
	ReadURL     string `help:"A standby of that server, to read what residents see from; changes, and whoever has signed in, stay with DATABASE_URL. The site starts and reads on while that server is away." env:"EXEMPLA_READ_URL" placeholder:"URL"`
	ListenURL   string `help:"The same server without a pooler such as pgbouncer between, where DATABASE_URL leads to one: for notifications and migrations." env:"EXEMPLA_LISTEN_URL" placeholder:"URL"`
}

// Serve holds the settings of a running site.
type Serve struct {
	Database
	Mail
	Provider
	Publisher
	Seal
	TLS
	Files
	Listen         string `help:"Address to listen on; port 0 picks a free one. Default: localhost:8080, or :443 with --tls." env:"EXEMPLA_LISTEN" placeholder:"ADDRESS"`
	OpsListen      string `help:"Second address, for metrics, health and profiles of the running program; only its operator may be able to reach it. Default: none." env:"EXEMPLA_OPS_LISTEN" placeholder:"ADDRESS"`
	Traces         string `help:"Where traces of requests go: the URL of a collector that takes OTLP over HTTP. OTEL_TRACES_SAMPLER and the like are understood, too. Default: none." env:"EXEMPLA_TRACES" placeholder:"URL"`
	PublicURL      string `help:"Where people reach the site, for links that leave it. Default: http://localhost and the port." env:"EXEMPLA_PUBLIC_URL" placeholder:"URL"`
	Backup         string `help:"Folder in which a backup is made every night, or a bucket, as for uploaded files. Default: none." env:"EXEMPLA_BACKUP" placeholder:"FOLDER"`
	Proxies        int    `help:"How many proxies of yours in front of the program set X-Forwarded-For; limits count the address that they name." env:"EXEMPLA_PROXIES" default:"0"`
	PageLimit      int    `help:"Selections and searches that one address may ask for in a minute; 0 for no limit." env:"EXEMPLA_PAGE_LIMIT" default:"1200"`
	SharedAge      int    `help:"Seconds for which a cache in front of the program, such as a CDN, may send a page to people who have not signed in without asking again; 0 if it has to ask every time." env:"EXEMPLA_SHARED_AGE" default:"60"`
	Drain          int    `help:"Seconds for which the program goes on when it is asked to stop, while /readyz says that it takes no more visitors; a balancer in front needs two of its looks." env:"EXEMPLA_DRAIN" default:"5"`
	LogFormat      string `help:"How log lines are written: text or json." env:"EXEMPLA_LOG_FORMAT" default:"text"`
	ReviewDays     int    `help:"Days within which editors mean to decide about a submission." env:"EXEMPLA_REVIEW_DAYS" default:"14"`
	SecondApproval bool   `help:"Two editors have to approve before a text is published." env:"EXEMPLA_SECOND_APPROVAL"`
	Demo           bool   `help:"Load the sample catalogue into an empty database, and make sample accounts." env:"EXEMPLA_DEMO"`
}

// Addresses returns the address to listen on, and the one at which http is answered by a
// redirect; empty for none. With TLS they are the usual ports of both, unless the first is
// set: somebody who leads other ports here has said what they want.
func (s Serve) Addresses() (listen, redirect string) {
	switch {
	case s.Listen != "":
		return s.Listen, s.RedirectListen
	case s.Certificates == "":
		return "localhost:8080", ""
	}
	return ":443", cmp.Or(s.RedirectListen, ":80")
}

// Fault is a setting that cannot be used.
type Fault struct {
	Setting string // the flag, such as "--listen"
	Message string
}

// String returns the fault on one line.
func (f Fault) String() string { return f.Setting + ": " + f.Message }

// ServerURL is the address of a Postgres server, and the setting that has it.
type ServerURL struct{ Setting, URL string }

// URLs are those that are set.
func (d Database) URLs() []ServerURL {
	all := []ServerURL{{"--database-url", d.DatabaseURL}, {"--listen-url", d.ListenURL}, {"--read-url", d.ReadURL}}
	return slices.DeleteFunc(all, func(one ServerURL) bool { return one.URL == "" })
}

// Check returns everything that is wrong with the database's settings.
func (d Database) Check() []Fault {
	faults := checkPath("--data", d.Data)
	for _, one := range d.URLs() {
		if !strings.HasPrefix(one.URL, "postgres://") && !strings.HasPrefix(one.URL, "postgresql://") {
			// The URL may hold a password, so it is not repeated.
			faults = append(faults, Fault{one.Setting, "must begin with postgres:// or postgresql://"})
		}
	}
	if d.ListenURL != "" && d.DatabaseURL == "" {
		faults = append(faults, Fault{"--listen-url", "leads around a pooler in DATABASE_URL, and none is set"})
	}
	if d.ReadURL != "" && d.DatabaseURL == "" {
		faults = append(faults, Fault{"--read-url", "leads to a standby of the server in DATABASE_URL, and none is set"})
	}
	return faults
}

// mostReviewDays is a year: a longer promise is none.
const mostReviewDays = 365

// mostProxies is more than any site has in front of it; a higher number is a
// mistake.
const mostProxies = 9

// mostDrain is two minutes: service managers wait no longer before they kill.
const mostDrain = 120

// mostSharedAge is an hour: what is archived must not be read for longer.
const mostSharedAge = 3600

// Check returns everything that is wrong with the settings.
func (s Serve) Check() []Fault {
	faults := slices.Concat(s.Database.Check(), s.Mail.Check(), s.Provider.Check(), s.Publisher.Check(), s.Seal.Check(), s.Files.Check())
	faults = append(faults, s.checkBackup()...)
	if s.Listen != "" {
		faults = append(faults, checkAddress("--listen", s.Listen)...)
	}
	if s.OpsListen != "" {
		faults = append(faults, checkAddress("--ops-listen", s.OpsListen)...)
	}
	if s.PublicURL != "" && !isOrigin(s.PublicURL) {
		faults = append(faults, Fault{"--public-url", fmt.Sprintf("%q must be like https://exempla.example, without a path", s.PublicURL)})
	}
	if s.Traces != "" && !isOrigin(s.Traces) {
		// It may hold a password, so it is not repeated.
		faults = append(faults, Fault{"--traces", "must be like http://localhost:4318, without a path, a user or a password"})
	}
	faults = append(faults, s.TLS.check(s.PublicURL)...)
	if s.ReviewDays < 1 || s.ReviewDays > mostReviewDays {
		faults = append(faults, Fault{"--review-days", fmt.Sprintf("%d must be from 1 to %d", s.ReviewDays, mostReviewDays)})
	}
	if s.Proxies < 0 || s.Proxies > mostProxies {
		faults = append(faults, Fault{"--proxies", fmt.Sprintf("%d must be from 0 to %d", s.Proxies, mostProxies)})
	}
	if s.PageLimit < 0 {
		faults = append(faults, Fault{"--page-limit", fmt.Sprintf("%d must be 0 or more", s.PageLimit)})
	}
	if s.SharedAge < 0 || s.SharedAge > mostSharedAge {
		faults = append(faults, Fault{"--shared-age", fmt.Sprintf("%d must be from 0 to %d", s.SharedAge, mostSharedAge)})
	}
	if s.Drain < 0 || s.Drain > mostDrain {
		faults = append(faults, Fault{"--drain", fmt.Sprintf("%d must be from 0 to %d", s.Drain, mostDrain)})
	}
	if s.LogFormat != "text" && s.LogFormat != "json" {
		faults = append(faults, Fault{"--log-format", fmt.Sprintf("%q must be text or json", s.LogFormat)})
	}
	return faults
}

func checkAddress(setting, address string) []Fault {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return []Fault{{setting, fmt.Sprintf("%q must be host:port, such as localhost:8080 or :80", address)}}
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return []Fault{{setting, fmt.Sprintf("%q is not a port", port)}}
	}
	return nil
}

func isOrigin(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		strings.TrimSuffix(address, "/") == u.Scheme+"://"+u.Host
}
