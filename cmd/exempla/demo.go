package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/signin"
	"exempla/internal/store"
)

// demoPassword is the password of all sample accounts. It is not secret.
const demoPassword = "let me try exempla" // #nosec G101 -- everybody may know it

// demoPeople are the sample accounts. There are two officers, who cannot see each
// other's drafts, and two editors, who can both approve.
var demoPeople = []account.Account{
	{Role: account.Officer, Name: "Sample officer, Ioannina", Mail: "ioannina@example.org", Cities: []account.City{account.NewCity("GR", "Ioannina")}},
	{Role: account.Officer, Name: "Sample officer, Bergen", Mail: "bergen@example.org", Cities: []account.City{account.NewCity("NO", "Bergen")}},
	{Role: account.Editor, Name: "Sample editor, first", Mail: "editor@example.org"},
	{Role: account.Editor, Name: "Sample editor, second", Mail: "editor2@example.org"},
	{Role: account.Administrator, Name: "Sample administrator", Mail: "administrator@example.org"},
}

// addDemoPeople creates the sample accounts if there is no account yet. The password
// is hashed only then because that takes as long as the rest of the start.
func addDemoPeople(ctx context.Context, s *store.Store) error {
	return s.Accounts.AddSamples(ctx, time.Now(), func() (people []store.Sample, err error) {
		hash, err := signin.Hash(ctx, demoPassword)
		for _, a := range demoPeople {
			people = append(people, store.Sample{Account: a, Hash: hash})
		}
		return people, err
	})
}

// demoAccountsText explains how to sign in with the sample accounts that still
// exist; it is empty if there are none.
func demoAccountsText(ctx context.Context, s *store.Store) string {
	var b strings.Builder
	for _, a := range demoPeople {
		if found, err := s.Accounts.ByMail(ctx, a.Mail); err == nil && found.State == account.Active {
			fmt.Fprintf(&b, "  %-26s %s\n", a.Mail, a.Name)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return fmt.Sprintf("Sign in with one of these sample accounts and the password %q:\n%s", demoPassword, b.String())
}
