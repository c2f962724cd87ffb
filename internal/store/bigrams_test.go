package store_test

import (
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
		hits, err := s.Match(t.Context(), words)
		if err != nil {
			t.Errorf("%q: %v", words, err)
			continue
		}
		var wanted int64
		if want != "" {
			wanted = load(t, s, want).Number
		}
		_, found := hits[wanted]
		if (want == "") != (len(hits) == 0) || want != "" && (!found || len(hits) > 1) {
			t.Errorf("%q: %d practices, %q among them: %v", words, len(hits), want, found)
		}
	}
}
