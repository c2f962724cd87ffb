package text_test

import (
	"testing"

	"exempla/internal/text"
)

func TestPairs(t *testing.T) {
	t.Parallel()
	for plain, want := range map[string]string{
		"":                 "",
		"urban farming":    "urban farming",
		"多":                "多",
		"多文化":              "多文 文化",
		"多文化 共生":           "多文 文化 共生",
		"日本の2019年tokyo東京都": "日本 本の 2019 年 tokyo 東京 京都",
		"서울 도서관":           "서울 도서 서관",
		"ไทย":              "ไท ทย",
		"シャーブ":             "シャ ャー ーブ",
	} {
		if got := text.Pairs(plain); got != want {
			t.Errorf("%q becomes %q, want %q", plain, got, want)
		}
	}
}

// A character alone finds a text too, at whatever place it stands.
func TestIndexed(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"":            "",
		"Genève/Bern": "genève bern",
		"Tokyo: 東京、東": "tokyo 東京 東 東 京",
		"«Διαπολιτισμικός» 文化": "διαπολιτισμικόσ 文化 文 化",
	} {
		if got := text.Indexed(written); got != want {
			t.Errorf("%q becomes %q, want %q", written, got, want)
		}
	}
}

func BenchmarkIndexed(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		text.Indexed("The city surveys residents on discrimination. Συντονισμένη δράση στους δήμους της Ελλάδας, 日本の多文化共生 São João")
	}
}
