package pdf_test

import (
	"strings"
	"testing"

	"exempla/internal/pdf"
)

// BenchmarkWrite writes a document as long as a long practice.
func BenchmarkWrite(b *testing.B) {
	words := map[string]struct {
		voice pdf.Voice
		text  string
	}{
		"Latin":    {english, "Offices of the city help people with papers, school places and legal questions. "},
		"Arabic":   {arabic, "تنسيق الاستجابة على مستوى المدينة ومساعدة اللاجئين في شؤون الأوراق الرسمية. "},
		"Japanese": {japanese, "エアランゲンの市立音楽学校には、共通の言葉がなくても参加できるクラスが二つあります。"},
	}
	for name, w := range words {
		b.Run(name, func(b *testing.B) {
			var blocks []pdf.Block
			for range 40 {
				blocks = append(blocks, paragraph(w.voice, strings.Repeat(w.text, 8)))
			}
			b.ReportAllocs()
			for b.Loop() {
				b.SetBytes(int64(len(pdf.Write(document(english, blocks...)))))
			}
		})
	}
}
