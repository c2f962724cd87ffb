package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// stepTime is how long an app shows a code (RFC 6238, 4.1).
const stepTime = 30 * time.Second

// maxSkewSteps is how many steps a phone's clock may be off in either direction
// (RFC 6238, 5.2).
const maxSkewSteps = 1

// TOTPKey is the shared secret of a second factor, as an authenticator app reads it.
type TOTPKey struct {
	Secret  string // base 32, for typing
	Address string // otpauth: URL, for opening or as a QR code
}

// NewTOTPSecret makes a random secret.
func NewTOTPSecret() (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "-", AccountName: "-"}) // TOTPKeyOf names them
	if err != nil {
		return "", fmt.Errorf("second factor: %w", err)
	}
	return key.Secret(), nil
}

// TOTPKeyOf returns the key with a secret, labelled with the name of the site and the
// mail address of the account.
func TOTPKeyOf(secret, site, mail string) TOTPKey {
	site = strings.TrimSpace(strings.ReplaceAll(site, ":", " "))                                       // which ends the name in a label
	query := strings.ReplaceAll(url.Values{"secret": {secret}, "issuer": {site}}.Encode(), "+", "%20") // apps show a "+" as such
	return TOTPKey{secret, "otpauth://totp/" + url.PathEscape(site) + ":" + url.PathEscape(mail) + "?" + query}
}

// TOTPStep returns the time step, in units of 30 seconds since 1970, whose code was
// typed; ok is false if no step around now has that code. To refuse replays, the
// caller must reject steps that are not later than the last one accepted.
func TOTPStep(secret, typed string, now time.Time) (step int64, ok bool) {
	code := stripSeparators(typed)
	if len(code) != otp.DigitsSix.Length() {
		return 0, false
	}
	middle := now.Unix() / int64(stepTime/time.Second)
	// Every step is compared, so that the time taken reveals nothing.
	for candidate := middle - maxSkewSteps; candidate <= middle+maxSkewSteps; candidate++ {
		expected, err := hotp.GenerateCode(secret, uint64(candidate))
		if err == nil && subtle.ConstantTimeCompare([]byte(expected), []byte(code)) == 1 {
			step, ok = candidate, true
		}
	}
	return step, ok
}

// RecoveryCodes is how many codes an account gets for when the phone is lost.
const RecoveryCodes = 10

// recoveryLength is the length of a code in base-32 characters: 80 bits, too many
// to guess even from a stolen hash.
const recoveryLength = 16

// NewRecoveryCodes makes RecoveryCodes random codes, as shown to people, and their
// hashes, which are what gets stored.
func NewRecoveryCodes() (codes []string, hashes [][]byte) {
	for range RecoveryCodes {
		code := strings.ToLower(rand.Text()[:recoveryLength])
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, HashRecoveryCode(code))
	}
	return codes, hashes
}

// HashRecoveryCode returns the SHA-256 of a recovery code; upper case, spaces and
// hyphens make no difference.
func HashRecoveryCode(typed string) []byte {
	sum := sha256.Sum256([]byte(strings.ToLower(stripSeparators(typed))))
	return sum[:]
}

// stripSeparators removes what keeps long codes readable, spaces and hyphens, and the
// marks of direction that come with copied text. The digits of any script become ASCII,
// for some keyboards have no others.
func stripSeparators(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Nd, r):
			return '0' + digit(r)
		}
		return r
	}, typed)
}

// digit is the value of a decimal digit. The ten of a script lie together, from zero
// (Unicode Standard, 4.6), and some scripts follow each other without a gap.
func digit(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if lo, hi := rune(span.Lo), rune(span.Hi); lo <= r && r <= hi {
			return (r - lo) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if lo, hi := rune(span.Lo), rune(span.Hi); lo <= r && r <= hi {
			return (r - lo) % 10
		}
	}
	return 0
}
