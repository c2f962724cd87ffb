package signin

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
)

// stepTime is how long a code is shown (RFC 6238, 4.1).
const stepTime = 30 * time.Second

// maxSkewSteps is how many steps a telephone's clock may be wrong, either way (RFC
// 6238, 5.2).
const maxSkewSteps = 1

// TOTPKey is a new second factor, to be entered into an app.
type TOTPKey struct {
	Secret  string // base 32, to be typed
	Address string // otpauth:, to be opened
}

// NewTOTPKey makes a second factor for a mail address.
func NewTOTPKey(mail string) (TOTPKey, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Exempla", AccountName: mail})
	if err != nil {
		return TOTPKey{}, fmt.Errorf("second factor: %w", err)
	}
	return TOTPKey{key.Secret(), key.URL()}, nil
}

// TOTPKeyOf is the factor with a secret that was made before.
func TOTPKeyOf(secret, mail string) TOTPKey {
	query := url.Values{"secret": {secret}, "issuer": {"Exempla"}}
	return TOTPKey{secret, "otpauth://totp/Exempla:" + url.PathEscape(mail) + "?" + query.Encode()}
}

// Step is the time step whose code was typed; ok is false when the code is that
// of no step around now. Whether the step has been used is the caller's affair.
func TOTPStep(secret, typed string, now time.Time) (step int64, ok bool) {
	code := stripSeparators(typed)
	if len(code) != otp.DigitsSix.Length() {
		return 0, false
	}
	middle := now.Unix() / int64(stepTime/time.Second)
	// Every step is compared, so that the time taken tells nothing.
	for candidate := middle - maxSkewSteps; candidate <= middle+maxSkewSteps; candidate++ {
		expected, err := hotp.GenerateCode(secret, uint64(candidate))
		if err == nil && subtle.ConstantTimeCompare([]byte(expected), []byte(code)) == 1 {
			step, ok = candidate, true
		}
	}
	return step, ok
}

// RecoveryCodes is how many codes somebody gets for when the telephone is lost.
const RecoveryCodes = 10

// recoveryLength of a code in characters of base 32: 80 bits, which nobody
// guesses even from a stolen hash.
const recoveryLength = 16

// NewRecoveryCodes makes recovery codes, as people read them, and their hashes.
func NewRecoveryCodes() (codes []string, hashes [][]byte) {
	for range RecoveryCodes {
		code := strings.ToLower(rand.Text()[:recoveryLength])
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, HashRecoveryCode(code))
	}
	return codes, hashes
}

// HashRecoveryCode is what is kept of a recovery code, however it is typed.
func HashRecoveryCode(typed string) []byte {
	sum := sha256.Sum256([]byte(strings.ToLower(stripSeparators(typed))))
	return sum[:]
}

// stripSeparators leaves out what people type to keep long codes readable.
func stripSeparators(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(strings.TrimSpace(typed))
}
