package config_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/config"
)

func TestProvider(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		provider config.Provider
		want     []string
	}{
		"none":               {config.Provider{}, nil},
		"whole":              {config.Provider{Issuer: "https://id.example/realms/city", Client: "exempla", Secret: "s3cret"}, nil},
		"on this machine":    {config.Provider{Issuer: "http://localhost:9000", Client: "exempla", Secret: "s3cret"}, nil},
		"by number":          {config.Provider{Issuer: "http://127.0.0.1:9000", Client: "exempla", Secret: "s3cret"}, nil},
		"client alone":       {config.Provider{Client: "exempla", Secret: "s3cret"}, nil}, // without an issuer it is not used
		"without TLS":        {config.Provider{Issuer: "http://id.example", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"looks like here":    {config.Provider{Issuer: "http://localhost.evil.example", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"without a scheme":   {config.Provider{Issuer: "id.example", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"without a host":     {config.Provider{Issuer: "https:///realms", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"another scheme":     {config.Provider{Issuer: "ftp://localhost", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"no address":         {config.Provider{Issuer: "https://id.example:port", Client: "exempla", Secret: "s3cret"}, []string{"--oidc-issuer"}},
		"without a client":   {config.Provider{Issuer: "https://id.example", Secret: "s3cret"}, []string{"--oidc-client"}},
		"blank client":       {config.Provider{Issuer: "https://id.example", Client: " ", Secret: "s3cret"}, []string{"--oidc-client"}},
		"without a secret":   {config.Provider{Issuer: "https://id.example", Client: "exempla"}, []string{"--oidc-client"}},
		"everything at once": {config.Provider{Issuer: "http://id.example"}, []string{"--oidc-issuer", "--oidc-client"}},
	} {
		faults := c.provider.Check()
		if got := settings(faults); !slices.Equal(got, c.want) {
			t.Errorf("%s: faults of %v, want %v", name, got, c.want)
		}
		for _, f := range faults {
			if strings.Contains(f.String(), "s3cret") {
				t.Errorf("%s: the secret is repeated: %s", name, f)
			}
		}
	}
}
