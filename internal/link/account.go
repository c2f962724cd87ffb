package link

import (
	"net/url"
	"strconv"
	"strings"

	"exempla/internal/account"
)

// Names of the pages about signing in and about one's account.
const (
	SignInPage     = signIn
	ResetPage      = "reset"
	InvitationPage = "invitation"
)

// ProviderReturn is where an identity provider sends people back to, in every
// language the same, since providers know one such address.
const ProviderReturn = "/sign-in/return"

// Start is where somebody of a role begins.
func Start(tag string, role account.Role) string {
	switch role {
	case account.Officer:
		return Page(tag, SubmissionsPage)
	case account.Editor:
		return Page(tag, DeskPage)
	case account.Administrator:
		return Page(tag, PeoplePage)
	}
	return Catalogue(tag)
}

// SecondFactor is the step after the password.
func SecondFactor(tag string) string { return Page(tag, signIn) + "/code" }

// Challenge is where a browser asks what a passkey has to sign.
func Challenge(tag string) string { return Page(tag, signIn) + "/passkey" }

// InvitationChallenge is the same for somebody who joins.
func InvitationChallenge(tag, secret string) string { return Invitation(tag, secret) + "/passkey" }

// Provider leads to the identity provider and from there back to an address of
// the site.
func Provider(tag, back string) string {
	if back == "" {
		return Page(tag, signIn) + "/provider"
	}
	return withQuery(Page(tag, signIn)+"/provider", BackParameter+"="+url.QueryEscape(back))
}

// ProviderAnswer is ProviderReturn in a language, with what the provider said.
func ProviderAnswer(tag, query string) string { return withQuery(Page(tag, signIn)+"/return", query) }

// Parts of one's account.
const (
	PasswordPart  = "password"
	PasskeysPart  = "passkeys"
	ChallengePart = "passkeys/challenge"
	FactorPart    = "second-factor"
	SessionsPart  = "sessions"
)

// Account is a part of one's account; "" for all of it.
func Account(tag, part string) string {
	if part == "" {
		return Page(tag, AccountPage)
	}
	return Page(tag, AccountPage) + "/" + part
}

// Passkey is one of one's passkeys.
func Passkey(tag string, number int64) string {
	return Account(tag, PasskeysPart) + "/" + strconv.FormatInt(number, 10)
}

// maxBack bounds an address to come back to, in bytes; what the site itself
// makes is shorter.
const maxBack = 4 << 10

// LocalPath checks an address to which somebody is to be led: it is a path of this
// site, or it is not ok. What browsers take for another host is none.
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

// Redacted is a path without the secret that the link in a mail carries, for
// the log.
func Redacted(path string) string {
	parts := strings.SplitN(path, "/", 5)
	if len(parts) > 3 && (parts[2] == InvitationPage || parts[2] == ResetPage) && parts[3] != "" {
		parts[3] = "…"
	}
	return strings.Join(parts, "/")
}
