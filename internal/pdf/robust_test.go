package pdf_test

import (
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/pdf"
)

// Whatever people write, a file comes of it that others can read.
func TestEveryTextCanBeWritten(t *testing.T) {
	t.Parallel()
	spans := rapid.Custom(func(t *rapid.T) []pdf.Span {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pdf.Span {
			return pdf.Span{Text: rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\x00", "\u200d", "\n", "\u2028", "\xff"})).Draw(t, "text"), Strong: rapid.Bool().Draw(t, "strong"), Emphasis: rapid.Bool().Draw(t, "emphasis"),
				Link: rapid.SampledFrom([]string{"", "", "https://example.org/é(\\"}).Draw(t, "link")}
		}), 0, 4).Draw(t, "spans")
	})
	voices := rapid.SampledFrom([]pdf.Voice{{}, english, arabic, japanese})
	var whole []pdf.Block
	rapid.Check(t, func(t *rapid.T) {
		b := pdf.Block{Kind: pdf.Kind(rapid.IntRange(int(pdf.Paragraph), int(pdf.Contents)).Draw(t, "kind")), Voice: voices.Draw(t, "voice"), Text: spans.Draw(t, "text"), Name: "a"}
		inner := pdf.Block{Text: spans.Draw(t, "inner")}
		for range rapid.IntRange(0, 60).Draw(t, "depth") {
			inner = pdf.Block{Kind: pdf.List, Items: []pdf.Item{{Label: "•", Body: []pdf.Block{inner}}}}
		}
		b.Body, b.Items = []pdf.Block{inner}, []pdf.Item{{Label: rapid.String().Draw(t, "label"), Body: []pdf.Block{inner}}}
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			b.Rows = append(b.Rows, [][]pdf.Span{spans.Draw(t, "cell"), nil, spans.Draw(t, "cell")})
		}
		b.Entries = []pdf.Entry{{Text: rapid.String().Draw(t, "entry"), To: "a"}}
		b.Picture.Read = func() ([]byte, error) { return []byte(rapid.String().Draw(t, "picture")), nil }
		whole = append(whole, b)
		pdf.Write(document(voices.Draw(t, "document"), b))
	})
	read(t, pdf.Write(document(arabic, whole...)), "pdftotext", "-", "-")
}
