package link

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
)

// Names of the pages about signing in; Page makes addresses of them.
const (
	SignInPage     = signIn
	ResetPage      = "reset"
	InvitationPage = "invitation"
	AddressPage    = "address" // where a new mail address is confirmed
)

// ProviderReturn is where an identity provider redirects people back to. It is the
// same in every language, since one address is registered with the provider.
const ProviderReturn = "/sign-in/return"

// Start is the first page after signing in. Of several roles, it is that of the one with
// more daily work: an administrator who is an editor begins at the desk. Without a role
// it is the catalogue.
func Start(tag string, roles ...account.Role) string {
	switch {
	case slices.Contains(roles, account.Editor):
		return Page(tag, DeskPage)
	case slices.Contains(roles, account.Officer):
		return Page(tag, SubmissionsPage)
	case slices.Contains(roles, account.Administrator):
		return Page(tag, PeoplePage)
	}
	return Catalogue(tag)
}

// SecondFactor asks for the code of a second factor, after the password.
func SecondFactor(tag string) string { return Page(tag, signIn) + "/code" }

// Challenge returns to scripts what a passkey has to sign.
func Challenge(tag string) string { return Page(tag, signIn) + "/passkey" }

// InvitationChallenge is like Challenge, for a person accepting an invitation.
func InvitationChallenge(tag, secret string) string { return Invitation(tag, secret) + "/passkey" }

// Provider redirects to the identity provider; back is the path to go on to after
// signing in, or "".
func Provider(tag, back string) string {
	if back == "" {
		return Page(tag, signIn) + "/provider"
	}
	return WithQuery(Page(tag, signIn)+"/provider", BackParameter+"="+url.QueryEscape(back))
}

// ProviderAnswer is ProviderReturn in a language, with the provider's query.
func ProviderAnswer(tag, query string) string { return WithQuery(Page(tag, signIn)+"/return", query) }

// Parts of the account page.
const (
	PasswordPart  = "password"
	PasskeysPart  = "passkeys"
	ChallengePart = "passkeys/challenge"
	FactorPart    = "second-factor"
	SessionsPart  = "sessions"
	MailsPart     = "mails"
	AddressPart   = "address"
)

// Account is a part of the viewer's own account, or the whole page for "".
func Account(tag, part string) string {
	if part == "" {
		return Page(tag, AccountPage)
	}
	return Page(tag, AccountPage) + "/" + part
}

// Passkey is one of the viewer's own passkeys.
func Passkey(tag string, number int64) string {
	return Account(tag, PasskeysPart) + "/" + strconv.FormatInt(number, 10)
}

// maxBack limits an address to come back to, in bytes; those that the site makes are
// shorter.
const maxBack = 4 << 10

// LocalPath checks an address before redirecting to it, against open redirects. ok
// is false unless it is a path of this site, also in the way that browsers read it:
// "//host" and "/\\host" lead elsewhere.
func LocalPath(address string) (path string, ok bool) {
	if len(address) > maxBack || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return "", false
	}
	if strings.ContainsFunc(address, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }) {
		return "", false
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "" || parsed.Host != "" || strings.HasPrefix(parsed.Path, "//") {
		return "", false
	}
	return address, true
}

// secretPages are those whose address goes on with a secret.
var secretPages = []string{InvitationPage, ResetPage, AddressPage, FollowPage}

// Redacted returns a path for the log, with "…" in place of the secret that links in
// mails carry.
func Redacted(path string) string {
	parts := strings.SplitN(path, "/", 5)
	if len(parts) > 3 && slices.Contains(secretPages, parts[2]) && parts[3] != "" {
		parts[3] = "…"
	}
	return strings.Join(parts, "/")
}
