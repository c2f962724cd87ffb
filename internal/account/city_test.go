package account_test

import (
	"strings"
	"testing"

	"exempla/internal/account"
)

func TestParseCity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ioannina, GR": "ioannina GR", "  São  Paulo ,br ": "sao-paulo BR", "Washington, D.C., US": "washington-d-c US", "Ιωάννινα, gr": "ioannina GR",
		"Lisboa, PT": "lisbon PT", "Λισαβόνα, PT": "lisbon PT", "Lisboa, BR": "lisboa BR",
		"Ioannina": "", "Ioannina, ": "", "Ioannina, Greece": "", ", GR": "", "Ioannina, XX": "", "!, GR": "", "": "",
		strings.Repeat("a", account.MaxName+1) + ", GR": "", "Ioan\x00nina, GR": "",
	} {
		c, ok := account.ParseCity(text)
		got := ""
		if ok {
			got = c.Slug + " " + string(c.Country)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if again, same := account.ParseCity(c.Text()); ok && (!same || again != c) {
			t.Errorf("%q is read back as %v", c.Text(), again)
		}
	}
}
