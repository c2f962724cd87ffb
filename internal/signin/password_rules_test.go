package signin

import (
	"strings"
	"testing"
)

func TestWeakPasswords(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]Weakness{
		"elevenchars": Short, "κωδικός": Short, strings.Repeat("long words ", 19): Long, "correct horse": "", "Grüße aus Bergen": "",
		"Password1234": Common, "correct horse battery staple": Common, "aaaaaaaaaaaaaaa": Pattern, "abababababababab": Pattern,
		"abcdefghijklmnop": Pattern, "9876543210987": Pattern, "hellohellohello": Pattern, "αβγδεζηθικλμν": Pattern,
		"ana.papadopoulou": Personal, "Ana@ioannina.example": Personal, "exempla-2026!": Personal, "papadopoulou99": Personal,
		"ana buys eleven lemons": "", "日本語のパスワード文です": "", "1949 rivers and a bell": "",
	} {
		if got := Weak(password, "ana.papadopoulou@ioannina.example", "exempla.example"); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

// Length is counted in characters, as people count, and both bounds are allowed.
func TestLengthOfPasswords(t *testing.T) {
	t.Parallel()
	const line = "Twelve owls? Öl, ñandú & 鳥の歌! " // no pattern in it
	of := func(length int) string { return string([]rune(strings.Repeat(line, 10))[:length]) }
	for length, want := range map[int]Weakness{0: Short, MinPassword - 1: Short, MinPassword: "", MaxPassword: "", MaxPassword + 1: Long} {
		if got := Weak(of(length), "", ""); got != want {
			t.Errorf("%d characters: %q, want %q", length, got, want)
		}
	}
}

// What is tried first is refused however it is dressed up.
func TestCommonPasswordsInDisguise(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"password1234", "PASSWORD1234", "pass word 1234", " Password\t1234 "} {
		if got := Weak(password, "", ""); got != Common {
			t.Errorf("%q: %q", password, got)
		}
	}
	for _, password := range common {
		if Weak(password, "", "") == "" {
			t.Errorf("%q is accepted", password)
		}
	}
}

// The address and the site's name count only where they are most of a password.
func TestPersonalPasswords(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]Weakness{
		"bilbao.example": Personal, "zuriñe-etxeberria": Personal, "Etxeberria2026": Personal, "zuriñe@bilbao": Personal,
		"etxeberria grows tomatoes": "", "a bridge in bilbao, at dawn": "", "goodpractices26!": Personal, "exempla exempla": Personal,
	} {
		if got := Weak(password, "zuriñe.etxeberria@bilbao.example", "https://goodpractices.example"); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
	if got := Weak("etxeberria2026", "kim@bilbao.example", ""); got != "" {
		t.Errorf("another person's name: %q", got)
	}
}

func TestCommonPasswordsAreInOrder(t *testing.T) {
	t.Parallel()
	for i, password := range common {
		if i > 0 && common[i-1] >= password || password != strings.ToLower(password) || len(password) < MinPassword {
			t.Errorf("%q is out of place", password)
		}
	}
	if len(common) < 300 {
		t.Errorf("only %d passwords are refused", len(common))
	}
}
