package respond_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/server/respond"
	"exempla/web/component"
)

func TestFormKey(t *testing.T) {
	t.Parallel()
	own := respond.FormKey("")
	if len(own) != 26 || own == respond.FormKey("") {
		t.Errorf("new keys are not random: %q", own)
	}
	for _, key := range []string{own, "abc", strings.Repeat("a", 64)} {
		if got := respond.FormKey(key); got != key {
			t.Errorf("%q becomes %q", key, got)
		}
	}
	for _, key := range []string{strings.Repeat("a", 65), "with space", "a\x00", "a\n", "κλειδί", "a~"} {
		if got := respond.FormKey(key); got == key || len(got) != 26 {
			t.Errorf("%q is accepted: %q", key, got)
		}
	}
}

func TestStatusOfForms(t *testing.T) {
	t.Parallel()
	if got := respond.StatusWith(nil); got != 0 {
		t.Errorf("without problems: %d", got)
	}
	if got := respond.StatusWith(component.Problems{{Text: "x"}}); got != 422 {
		t.Errorf("with a problem: %d", got)
	}
}

func TestListsWithoutDuplicates(t *testing.T) {
	t.Parallel()
	list := respond.AppendOnce(respond.AppendOnce(respond.AppendOnce([]string{"a"}, "b"), "a"), "b")
	if !slices.Equal(list, []string{"a", "b"}) {
		t.Errorf("appended: %v", list)
	}
	if got := respond.Distinct([]int64{3, 1, 3, 2, 1}); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("distinct: %v", got)
	}
}

func TestAccepts(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"gzip": true, "GZIP": true, "br, gzip, deflate": true, "gzip;q=0.5": true, "gzip; q=1": true, "identity, gzip ; q=0.001": true,
		"": false, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=x": false, "x-gzip": false, "*": false,
	} {
		if got := respond.Accepts(header, "gzip"); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}
