package signin

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

func TestCodesAreThoseOfNow(t *testing.T) {
	t.Parallel()
	secret, err := NewTOTPSecret()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.March, 2, 9, 0, 10, 0, time.UTC)
	for away, want := range map[time.Duration]bool{0: true, -30 * time.Second: true, 30 * time.Second: true, -time.Minute: false, time.Minute: false} {
		code, err := totp.GenerateCode(secret, now.Add(away))
		if err != nil {
			t.Fatal(err)
		}
		step, ok := TOTPStep(secret, " "+code[:3]+" "+code[3:], now)
		if ok != want || ok && step != now.Add(away).Unix()/30 {
			t.Errorf("a code of %s: step %d, %v", away, step, ok)
		}
	}
	for _, typed := range []string{"", "12345", "abcdef", "١٢٣٤٥٦", strings.Repeat("1", 1000)} {
		if _, ok := TOTPStep(secret, typed, now); ok {
			t.Errorf("%q is accepted", typed)
		}
	}
	if _, ok := TOTPStep("not base 32!", "000000", now); ok {
		t.Error("a broken secret has a code")
	}
}

func TestFactorCanBeOpenedInAnApp(t *testing.T) {
	t.Parallel()
	secret, err := NewTOTPSecret()
	if err != nil {
		t.Fatal(err)
	}
	for site, issuer := range map[string]string{"Exempla": "Exempla", "Between Cities & Towns: Europe": "Between Cities & Towns  Europe", "Πόλεις": "Πόλεις"} {
		key, err := otp.NewKeyFromURL(TOTPKeyOf(secret, site, "ana@example.org").Address)
		if err != nil || key.Issuer() != issuer || key.AccountName() != "ana@example.org" || key.Secret() != secret {
			t.Errorf("%q: %v, %v", site, key, err)
		}
	}
}

func TestRecoveryCodesAreReadHoweverTheyAreTyped(t *testing.T) {
	t.Parallel()
	codes, hashes := NewRecoveryCodes()
	if len(codes) != RecoveryCodes || len(codes[0]) != 19 {
		t.Fatalf("codes %v", codes)
	}
	for _, typed := range []string{codes[0], strings.ToUpper(codes[0]), " " + strings.ReplaceAll(codes[0], "-", " ") + " "} {
		if !bytes.Equal(HashRecoveryCode(typed), hashes[0]) {
			t.Errorf("%q is another code", typed)
		}
	}
	if bytes.Equal(hashes[0], hashes[1]) {
		t.Error("two codes are the same")
	}
}

// The examples of RFC 6238, appendix B, whose codes have two digits more.
func TestCodesOfTheStandard(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for seconds, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if step, ok := TOTPStep(secret, code, time.Unix(seconds, 0)); !ok || step != seconds/30 {
			t.Errorf("%s at %d: step %d, %v", code, seconds, step, ok)
		}
	}
}

// A code gives the same step whenever it is typed: that is how the caller refuses
// one that was read over a shoulder.
func TestReplayedCodeHasTheSameStep(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	shown := time.Unix(1111111080, 0) // the first second of a step
	for after, want := range map[time.Duration]bool{-31 * time.Second: false, -30 * time.Second: true, 0: true, 29 * time.Second: true, 59 * time.Second: true, 60 * time.Second: false} {
		step, ok := TOTPStep(secret, "081804", shown.Add(after))
		if ok != want || ok && step != shown.Unix()/30 {
			t.Errorf("typed after %s: step %d, %v", after, step, ok)
		}
	}
}

func TestRecoveryCodesCannotBeGuessed(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 20 {
		codes, hashes := NewRecoveryCodes()
		for i, code := range codes {
			if seen[code] || seen[string(hashes[i])] {
				t.Errorf("%s was given before", code)
			}
			seen[code], seen[string(hashes[i])] = true, true
			letters := strings.ReplaceAll(code, "-", "")
			if len(letters) != recoveryLength || strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz234567") != "" {
				t.Errorf("%q is not %d characters of base 32", code, recoveryLength)
			}
			if bytes.Contains(hashes[i], []byte(letters)) || len(hashes[i]) != 32 {
				t.Errorf("%s can be read from what is kept", code)
			}
		}
	}
	if bytes.Equal(HashRecoveryCode("abcd-efgh-ijkl-mnop"), HashRecoveryCode("abcd-efgh-ijkl-mnoq")) {
		t.Error("a wrong character makes no difference")
	}
}

// A code is taken however a keyboard or a message writes its digits.
func TestCodesInOtherDigits(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // RFC 6238, appendix B
	for name, typed := range map[string]string{
		"Arabic-Indic": "٠٨١٨٠٤", "Persian": "۰۸۱۸۰۴", "Devanagari": "०८१८०४", "fullwidth": "０８１８０４", "mathematical": "𝟎𝟖𝟏𝟖𝟎𝟒",
		"direction marks": "\u200f081\u200e804\u2069", "no-break space": "081\u00a0804", "narrow space": "081\u202f804", "dash": "081–804",
	} {
		if step, ok := TOTPStep(secret, typed, time.Unix(1111111109, 0)); !ok || step != 1111111109/30 {
			t.Errorf("%s: %q is refused", name, typed)
		}
	}
	for _, span := range unicode.Nd.R16 {
		if span.Stride != 1 || (span.Hi-span.Lo+1)%10 != 0 {
			t.Errorf("the digits from %U do not lie together", span.Lo)
		}
	}
}
