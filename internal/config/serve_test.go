package config_test

import (
	"math"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"exempla/internal/config"
)

// Numbers are accepted from the least to the most, both included.
func TestBoundsOfNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		setting string
		field   func(*config.Serve) *int
		good    []int
		bad     []int
	}{
		{"--review-days", func(s *config.Serve) *int { return &s.ReviewDays }, []int{1, 14, 365}, []int{math.MinInt, -1, 0, 366, math.MaxInt}},
		{"--proxies", func(s *config.Serve) *int { return &s.Proxies }, []int{0, 1, 9}, []int{-1, 10, math.MaxInt}},
		{"--shared-age", func(s *config.Serve) *int { return &s.SharedAge }, []int{0, 60, 3600}, []int{-1, 3601}},
		{"--page-limit", func(s *config.Serve) *int { return &s.PageLimit }, []int{0, 1, 1200, math.MaxInt}, []int{-1, math.MinInt}},
	} {
		for _, n := range c.good {
			s := usual()
			*c.field(&s) = n
			if faults := s.Check(); len(faults) > 0 {
				t.Errorf("%s %d: %v", c.setting, n, faults)
			}
		}
		for _, n := range c.bad {
			s := usual()
			*c.field(&s) = n
			if got := settings(s.Check()); !slices.Equal(got, []string{c.setting}) {
				t.Errorf("%s %d: faults of %v", c.setting, n, got)
			}
		}
	}
}

// Each of the settings is wrong, and each is named once, without its secrets.
func TestEverySettingIsCheckedAtOnce(t *testing.T) {
	t.Parallel()
	faults := config.Serve{
		Database: config.Database{Data: "data", DatabaseURL: "mysql://root:s3cret@db/x", ListenURL: "mysql://root:s3cret@db/y", ReadURL: "mysql://root:s3cret@db/z"},
		Mail:     config.Mail{SMTPURL: "smtp://user:s3cret@mail.example/path", MailFrom: "Exempla"},
		Provider: config.Provider{Issuer: "http://id.example", Client: "", Secret: "s3cret"},
		Publisher: config.Publisher{Contact: "Us <us@city.example>", Enforcement: "Ombudsman", EnforcementURL: "ombudsman.example",
			Licence: "CC BY", SecurityContact: "Us", SecurityPolicy: "http://city.example"},
		Seal:   config.Seal{Recipient: "s3cret", PassphraseFile: "phrase"},
		Listen: "8080", Backup: "backups", OpsListen: "6060", PublicURL: "exempla.example", Files: config.Files{Files: "files"},
		Proxies: -1, PageLimit: -1, SharedAge: -1, LogFormat: "xml", ReviewDays: 366,
	}.Check()
	want := []string{"--data", "--database-url", "--listen-url", "--read-url", "--smtp-url", "--mail-from", "--oidc-issuer", "--oidc-client", "--contact", "--enforcement-url", "--licence", "--security-contact", "--security-policy", "--backup-recipient", "--backup-passphrase-file", "--files", "--backup", "--listen",
		"--ops-listen", "--public-url", "--review-days", "--proxies", "--page-limit", "--shared-age", "--log-format"}
	if got := settings(faults); !slices.Equal(got, want) {
		t.Errorf("faults of %v\nwant %v", got, want)
	}
	for _, f := range faults {
		if strings.Contains(f.String(), "s3cret") {
			t.Errorf("a secret is repeated: %s", f)
		}
	}
}

func TestInvitationNeedsTheAddressOfTheSite(t *testing.T) {
	t.Parallel()
	if faults := (config.Invite{PublicURL: "https://exempla.example"}).Check(); len(faults) > 0 {
		t.Error(faults)
	}
	faults := config.Invite{Database: config.Database{Data: "data"}, Mail: config.Mail{MailFrom: "Exempla"}}.Check()
	if got, want := settings(faults), []string{"--data", "--mail-from", "--public-url"}; !slices.Equal(got, want) {
		t.Errorf("faults of %v, want %v", got, want)
	}
}

func TestSenderOfMails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, site, want string }{
		{"", "https://exempla.example", "exempla@exempla.example"},
		{"", "https://exempla.example:8443/", "exempla@exempla.example"},
		{"", "http://localhost:8080", "exempla@localhost"},
		{"", "", "exempla@localhost"},
		{"", "://", "exempla@localhost"},
		{"City <post@city.example>", "https://exempla.example", "post@city.example"},
		{"post@city.example", "https://exempla.example", "post@city.example"},
	} {
		got, err := mail.ParseAddress(config.Mail{MailFrom: c.from}.Sender(c.site))
		if err != nil || got.Address != c.want {
			t.Errorf("%q at %q: %v, %v", c.from, c.site, got, err)
		}
	}
}
