package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"exempla/internal/config"
	"exempla/internal/store"
)

// soonEnds is how long before its end a certificate is a trouble: what renews them does so
// a month before.
const soonEnds = 14 * 24 * time.Hour

// certificateLookEvery is how often the program looks for such a trouble itself.
const certificateLookEvery = 24 * time.Hour

// examineCertificate says until when the certificate is valid with which the program
// speaks https, and whether it fits the site. The trouble is a kind of those that
// administrators see; empty for none.
func examineCertificate(ctx context.Context, c config.Serve, kept *store.Certificates) (f store.Finding, trouble string) {
	const wrong = "certificate_wrong"
	f.Subject = "certificate"
	site, err := url.Parse(c.PublicURL)
	if err != nil {
		return f, "" // was told as a wrong setting
	}
	leaf, err := currentCertificate(ctx, c, site.Hostname(), kept)
	switch {
	case errors.Is(err, store.ErrNotFound):
		f.Found = "none yet; it is fetched for the first visitor"
		return f, ""
	case errors.Is(err, store.ErrAway):
		f.Found, f.Advice = "cannot be looked up", err.Error()
		return f, ""
	case err != nil:
		f.Found, f.Advice = "cannot be used", err.Error()+"; other files can be named in EXEMPLA_TLS"
		return f, wrong
	}
	f.Found = fmt.Sprintf("for %s, until %s", strings.Join(leaf.DNSNames, ", "), leaf.NotAfter.UTC().Format(time.DateTime))
	switch {
	case leaf.VerifyHostname(site.Hostname()) != nil:
		f.Advice, trouble = "it is not for "+site.Hostname()+", the host in EXEMPLA_PUBLIC_URL", wrong
	case time.Now().Before(leaf.NotBefore):
		f.Advice, trouble = "it begins only at "+leaf.NotBefore.UTC().Format(time.DateTime)+"; look whether the clock is right", wrong
	case time.Until(leaf.NotAfter) < soonEnds:
		f.Advice, trouble = "renew it; with EXEMPLA_TLS=auto the log of exempla serve says why that fails", "certificate_ends"
	}
	return f, trouble
}

// currentCertificate reads the certificate, and whether its key fits. Errors:
// store.ErrNotFound, store.ErrAway.
func currentCertificate(ctx context.Context, c config.Serve, host string, kept *store.Certificates) (*x509.Certificate, error) {
	if certificate, key, ok := c.Pair(); ok {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		return pair.Leaf, err
	}
	content, err := kept.Find(ctx, host) // as the library calls it
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(content, content)
	return pair.Leaf, err
}

// certificateTrouble looks for a trouble with the certificate; nil if a proxy has it.
func (c *serveCommand) certificateTrouble(kept *store.Certificates) func(context.Context) string {
	if c.Certificates == "" {
		return nil
	}
	return func(ctx context.Context) string {
		_, trouble := examineCertificate(ctx, c.Serve, kept)
		return trouble
	}
}

// watchCertificate tells the log of a trouble with the certificate until the context ends.
func (c *serveCommand) watchCertificate(ctx context.Context, kept *store.Certificates) {
	for {
		if f, trouble := examineCertificate(ctx, c.Serve, kept); trouble != "" {
			slog.Warn("the certificate for https: "+f.Found+": "+f.Advice, "trouble", trouble)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(certificateLookEvery):
		}
	}
}
