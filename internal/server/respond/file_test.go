package respond_test

import (
	"strings"
	"testing"

	"exempla/internal/server/respond"
)

// Numbers stay numbers in every file; what a spreadsheet would calculate is text.
func TestCSVGuardsFormulasOnly(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	file := respond.NewCSV(&out)
	if err := file.Write([]string{"-5", "+3.5", "=1+1", "'=1", "@x", "- a list", "plain", ""}); err != nil {
		t.Fatal(err)
	}
	file.Flush()
	if got, want := out.String(), "\ufeff-5,+3.5,'=1+1,''=1,'@x,'- a list,plain,\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
