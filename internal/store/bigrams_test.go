package store_test

import (
	"slices"
	"testing"

	"exempla/internal/testdb"
)

// Japanese is found by any part of a phrase, in its order, wherever words end.
func TestTextsWithoutSpacesAreFound(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	const sherbrooke, erlangen, hamamatsu = "the-role-of-libraries-as-drivers-of-integration-and-intercultural-sherbrooke",
		"music-making-without-language-erlangen", "an-intercultural-vision-for-hamamatsu-shining-into-the-future"
	for words, want := range map[string]string{
		"図書館":                 sherbrooke,
		"シャーブルック":             sherbrooke,
		"音楽":                  erlangen,
		"市立音楽学校":              erlangen,
		"浜松 多文化":              hamamatsu,
		`"多文化共生"`:             hamamatsu,
		"Hamamatsu 外国人":       hamamatsu,
		"文化 -浜松":              sherbrooke,
		`文化 -"多文化"`:           sherbrooke,
		"館図":                  "",
		"予算":                  "",
		`Sherbrooke "図書館 音楽"`: "",
	} {
		found := found(t, s, words)
		var wanted int64
		if want != "" {
			wanted = load(t, s, want).Number
		}
		if want == "" && len(found) > 0 || want != "" && !slices.Equal(found, []int64{wanted}) {
			t.Errorf("%q: found %v, want %d, %q", words, found, wanted, want)
		}
	}
}
