package signin

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

func TestCodesAreThoseOfNow(t *testing.T) {
	t.Parallel()
	factor, err := NewTOTPKey("ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.March, 2, 9, 0, 10, 0, time.UTC)
	for away, want := range map[time.Duration]bool{0: true, -30 * time.Second: true, 30 * time.Second: true, -time.Minute: false, time.Minute: false} {
		code, err := totp.GenerateCode(factor.Secret, now.Add(away))
		if err != nil {
			t.Fatal(err)
		}
		step, ok := TOTPStep(factor.Secret, " "+code[:3]+" "+code[3:], now)
		if ok != want || ok && step != now.Add(away).Unix()/30 {
			t.Errorf("a code of %s: step %d, %v", away, step, ok)
		}
	}
	for _, typed := range []string{"", "12345", "abcdef", "١٢٣٤٥٦", strings.Repeat("1", 1000)} {
		if _, ok := TOTPStep(factor.Secret, typed, now); ok {
			t.Errorf("%q is accepted", typed)
		}
	}
	if _, ok := TOTPStep("not base 32!", "000000", now); ok {
		t.Error("a broken secret has a code")
	}
}

func TestFactorCanBeOpenedInAnApp(t *testing.T) {
	t.Parallel()
	made, err := NewTOTPKey("ana@example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{made.Address, TOTPKeyOf(made.Secret, "ana@example.org").Address} {
		if !strings.HasPrefix(address, "otpauth://totp/Exempla:ana@example.org?") || !strings.Contains(address, "secret="+made.Secret) {
			t.Errorf("address %q", address)
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
