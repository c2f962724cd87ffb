package config_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"exempla/internal/config"
)

// usual are settings without a fault.
func usual() config.Serve {
	return config.Serve{Listen: "localhost:8080", LogFormat: "text", ReviewDays: 14}
}

func settings(faults []config.Fault) []string {
	var names []string
	for _, f := range faults {
		names = append(names, f.Setting)
	}
	return names
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	wrong := config.Serve{Database: config.Database{Data: "data", DatabaseURL: "mysql://root:secret@db/x"}, Listen: "8080",
		PublicURL: "exempla.example", LogFormat: "xml", ReviewDays: -1}
	faults := wrong.Check()
	if got, want := settings(faults), []string{"--data", "--database-url", "--listen", "--public-url", "--review-days", "--log-format"}; !slices.Equal(got, want) {
		t.Errorf("faults %v, want %v", got, want)
	}
	for _, f := range faults {
		if !strings.HasPrefix(f.String(), f.Setting+": ") || strings.Contains(f.String(), "secret") {
			t.Errorf("the fault reads %q", f)
		}
	}
}

func TestUsualSettingsHaveNoFault(t *testing.T) {
	t.Parallel()
	if faults := usual().Check(); len(faults) > 0 {
		t.Error(faults)
	}
	if faults := (config.Database{}).Check(); len(faults) > 0 {
		t.Error(faults)
	}
}

// TestSettings tries each setting alone; ok says whether it is accepted.
func TestSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		setting, value string
		ok             bool
	}{
		{"--listen", ":80", true}, {"--listen", "127.0.0.1:0", true}, {"--listen", "[::1]:8080", true}, {"--listen", "localhost:http", true},
		{"--ops-listen", "", true}, {"--ops-listen", "127.0.0.1:0", true}, {"--ops-listen", "6060", false}, {"--ops-listen", "localhost:99999", false},
		{"--listen", "localhost", false}, {"--listen", "localhost:99999", false}, {"--listen", "::1:8080", false}, {"--listen", "localhost:nothing", false},
		{"--public-url", "https://exempla.example", true}, {"--public-url", "http://localhost:8080/", true}, {"--public-url", "", true},
		{"--public-url", "https://exempla.example/path", false}, {"--public-url", "ftp://exempla.example", false}, {"--public-url", "https://", false},
		{"--public-url", "https://exempla.example?x=y", false}, {"--public-url", "://", false},
		{"--public-url", "https://exempla.example#part", false}, {"--public-url", "https://user:secret@exempla.example", false}, {"--public-url", "https://exempla.example?", false},
		{"--data", "/var/lib/exempla", true}, {"--data", "", true}, {"--data", "./data", false}, {"--data", "~/data", false},
		{"--database-url", "postgres://exempla@/exempla?host=/run", true}, {"--database-url", "postgresql://u:p@h:5432/n", true}, {"--database-url", "", true},
		{"--database-url", "host=/run dbname=exempla", false}, {"--database-url", "Postgres", false},
		{"--listen-url", "postgres://u:p@h:5432/n", false}, {"--listen-url", "", true}, // there is no pooler to go around
		{"--read-url", "postgres://u:p@h:5432/n", false}, {"--read-url", "", true}, // there is no server that it could be a standby of
		{"--smtp-url", "smtp://mail.example", true}, {"--smtp-url", "smtps://user:secret@mail.example:465", true}, {"--smtp-url", "smtp://[::1]:25/", true}, {"--smtp-url", "", true},
		{"--smtp-url", "mail.example:25", false}, {"--smtp-url", "http://mail.example", false}, {"--smtp-url", "smtp://", false}, {"--smtp-url", "smtp://mail.example/path", false},
		{"--smtp-url", "smtp://mail.example:port", false}, {"--smtp-url", "smtp://mail.example?tls=no", false},
		{"--mail-from", "exempla@city.example", true}, {"--mail-from", "Exempla <exempla@city.example>", true}, {"--mail-from", "", true},
		{"--mail-from", "Exempla", false}, {"--mail-from", "a@city.example\r\nBcc: b@city.example", false}, {"--mail-from", "a@city.example, b@city.example", false},
		{"--files", "/srv/files", true}, {"--files", "files", false},
		{"--licence", "", true}, {"--licence", "https://creativecommons.org/licenses/by-sa/4.0/", true}, {"--licence", "CC BY 4.0", false}, {"--licence", "https://a.example/>", false},
		{"--security-contact", "security@city.example", true}, {"--security-contact", "https://city.example/report", true}, {"--security-contact", "", true},
		{"--security-contact", "http://city.example", false}, {"--security-contact", "https://city.example/\nExpires: x", false}, {"--security-contact", "Us <us@city.example>", false},
		{"--contact", "help@city.example", true}, {"--contact", "", true}, {"--contact", "help@city", false}, {"--security-contact", "security@city", false},
		{"--log-format", "json", true}, {"--log-format", "text", true}, {"--log-format", "JSON", false}, {"--log-format", "", false},
	} {
		faults := with(c.setting, c.value).Check()
		if ok := len(faults) == 0; ok != c.ok {
			t.Errorf("%s %q: accepted is %v, want %v %v", c.setting, c.value, ok, c.ok, faults)
		}
		if !c.ok && len(faults) == 1 && faults[0].Setting != c.setting {
			t.Errorf("%s %q: the fault is told of %s", c.setting, c.value, faults[0].Setting)
		}
	}
}

// https by the program itself needs a public address that fits.
func TestTLSFitsThePublicAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tls, redirect, public string
		faults                []string
	}{
		{"", "", "http://localhost:8080", nil},
		{"auto", ":80", "https://exempla.example", nil},
		{"/etc/cert.pem,/etc/key.pem", "", "https://localhost:8443", nil},
		{"auto", "", "http://exempla.example", []string{"--public-url"}},
		{"auto", "", "", []string{"--public-url"}},
		{"auto", "", "https://localhost", []string{"--public-url"}},
		{"auto", "", "https://192.0.2.1", []string{"--public-url"}},
		{"cert.pem,key.pem", "", "https://exempla.example", []string{"--tls"}},
		{"/etc/cert.pem", "", "https://exempla.example", []string{"--tls"}},
		{"yes", "80", "https://exempla.example", []string{"--redirect-listen", "--tls"}},
		{"", ":80", "https://exempla.example", []string{"--redirect-listen"}},
	} {
		s := usual()
		s.Certificates, s.RedirectListen, s.PublicURL = c.tls, c.redirect, c.public
		if got := settings(s.Check()); !slices.Equal(got, c.faults) {
			t.Errorf("%+v: faults of %v", c, got)
		}
	}
}

// Unless it is said otherwise, https has the usual ports.
func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tls, listen, redirect, wantListen, wantRedirect string }{
		{"", "", "", "localhost:8080", ""},
		{"", ":9000", "", ":9000", ""},
		{"auto", "", "", ":443", ":80"},
		{"auto", "", ":8080", ":443", ":8080"},
		{"auto", ":8443", "", ":8443", ""},
		{"/etc/cert.pem,/etc/key.pem", "", "", ":443", ":80"},
		{"auto", ":8443", ":8080", ":8443", ":8080"},
	} {
		s := config.Serve{Listen: c.listen, TLS: config.TLS{Certificates: c.tls, RedirectListen: c.redirect}}
		if listen, redirect := s.Addresses(); listen != c.wantListen || redirect != c.wantRedirect {
			t.Errorf("%+v: %s and %s", c, listen, redirect)
		}
	}
}

// A balancer needs the time; whoever tries the program out does not wait.
func TestDrainIsUsual(t *testing.T) {
	t.Parallel()
	field, _ := reflect.TypeFor[config.Serve]().FieldByName("Drain")
	makefile, err := os.ReadFile("../../Makefile")
	if field.Tag.Get("default") != "5" || err != nil || !strings.Contains(string(makefile), "serve --demo --drain 0") {
		t.Errorf("%s; %v", field.Tag, err)
	}
}

// with are the usual settings with one changed.
func with(setting, value string) config.Serve {
	s := usual()
	field := map[string]*string{"--listen": &s.Listen, "--ops-listen": &s.OpsListen, "--public-url": &s.PublicURL, "--data": &s.Data, "--database-url": &s.DatabaseURL, "--listen-url": &s.ListenURL, "--read-url": &s.ReadURL, "--files": &s.Files.Files, "--log-format": &s.LogFormat,
		"--licence": &s.Licence, "--contact": &s.Contact, "--security-contact": &s.SecurityContact, "--smtp-url": &s.SMTPURL, "--mail-from": &s.MailFrom}
	*field[setting] = value
	return s
}

func TestABucketForFiles(t *testing.T) {
	t.Parallel()
	key := config.BucketKey{AccessKey: "id", Key: "s3cret"}
	for address, want := range map[string]config.Bucket{
		"s3://files?endpoint=https://s3.example":                                    {Name: "files", Host: "s3.example", TLS: true},
		"s3://my-files.2/?endpoint=https%3A%2F%2Fs3.example:9000&region=eu-south-1": {Name: "my-files.2", Host: "s3.example:9000", TLS: true, Region: "eu-south-1"},
		"s3://files?endpoint=http://localhost:7070&prefix=exempla/":                 {Name: "files", Host: "localhost:7070", Prefix: "exempla/"},
		"s3://files?endpoint=http://s3.example&insecure=true":                       {Name: "files", Host: "s3.example"},
	} {
		got, wrong := config.ParseBucket(address)
		if got != want || len(wrong) > 0 || len(key.CheckPlace("--files", address)) > 0 {
			t.Errorf("%s is read as %+v; wrong: %v", address, got, wrong)
		}
	}
	for address, says := range map[string][]string{
		"s3://id:s3cret@files?endpoint=https://s3.example": {"without a key"},
		"s3://FILES?endpoint=http://s3.example":            {"must name a bucket", "insecure=true"},
		"s3://":                                            {"must name a bucket", "endpoint="},
		"s3:files":                                         {"must name a bucket", "endpoint="},
		"s3://files/sub?endpoint=https://s3.example/path":                        {"endpoint=", "nothing else behind"},
		"s3://files?endpoint=https://id:s3cret@s3.example":                       {"endpoint="},
		"s3://files?endpoint=https://s3.example&secret=s3cret&region=a&region=b": {`"region"`, `"secret"`},
		"s3://files?endpoint=%":                                                  {"cannot be read"},
		"s3://files?endpoint=ftp:":                                               {"endpoint="},
		"s3://%":                                                                 {"is no address"},
	} {
		_, wrong := config.ParseBucket(address)
		all := strings.Join(wrong, "; ")
		for _, part := range says {
			if !strings.Contains(all, part) {
				t.Errorf("%s: %q does not say %q", address, all, part)
			}
		}
		if len(wrong) < len(says) || strings.Contains(all, "s3cret") {
			t.Errorf("%s: %q", address, all)
		}
	}
}

func TestABucketNeedsAKey(t *testing.T) {
	t.Parallel()
	const address = "s3://files?endpoint=https://s3.example"
	for _, c := range []struct {
		key  config.BucketKey
		want []string
	}{
		{config.BucketKey{}, []string{"--s3-key", "--s3-secret"}},
		{config.BucketKey{AccessKey: "id"}, []string{"--s3-secret"}},
		{config.BucketKey{AccessKey: "id", Key: "a", KeyFile: "b"}, []string{"--s3-secret-file"}},
		{config.BucketKey{AccessKey: "id", KeyFile: "b"}, nil},
	} {
		s := usual()
		s.Files = config.Files{Files: address, BucketKey: c.key}
		if got := settings(s.Check()); !slices.Equal(got, c.want) {
			t.Errorf("%+v: faults %v, want %v", c.key, got, c.want)
		}
	}
	// Whoever has a key for something else may have files in a folder.
	s := usual()
	s.Files = config.Files{Files: "/files", BucketKey: config.BucketKey{AccessKey: "id"}}
	if faults := s.Check(); len(faults) > 0 {
		t.Error(faults)
	}
}
