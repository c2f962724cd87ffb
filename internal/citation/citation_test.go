package citation_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"exempla/internal/citation"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// titles are titles as people write them, in all scripts of the catalogue and with the
// signs that mean something to a format.
var titles = []string{
	"Plain title", `Braces {and} \commands 100 % of $5 & more_#1 ~ ^`, "Épargne à Besançon, façade: «été»", "Ανθρώπινα δικαιώματα",
	"Ласкаво просимо", "مبادرة المدينة للجميع", "多文化共生の日本", "שכנים טובים", "Straße in Łódź – žluťoučký kůň",
	"Two\r\nlines\tand ER  - \u2028 more", "One } only", "One { only", "*Star*, “quotes” and a full stop.",
}

func work(title string) citation.Work {
	p := practice.Practice{Slug: "a-practice", Published: time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC),
		Texts: []practice.Text{{Language: "el", Title: "Πρωτότυπο", TitleLanguage: "el"}, {Language: "en", Title: title, TitleLanguage: "en"}}}
	w := citation.New("Exempla", p, p.Texts[1], title+", office")
	w.Read, w.URL = time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC), "https://exempla.example/en/practices/a-practice"
	return w
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u2028", " ")), " ")
}

func TestCSLIsReadBack(t *testing.T) {
	t.Parallel()
	for _, title := range titles {
		var items []struct {
			ID, Type, Title, Language, URL string
			Original                       string `json:"original-title"`
			Author                         []struct{ Literal string }
			Issued, Accessed               struct {
				Parts [][]int `json:"date-parts"`
			}
		}
		if err := json.Unmarshal([]byte(work(title).CSL()), &items); err != nil || len(items) != 1 {
			t.Fatalf("%q: %v", title, err)
		}
		got := items[0]
		if got.Title != oneLine(title) || got.Original != "Πρωτότυπο" || got.Author[0].Literal != oneLine(title)+", office" || got.Language != "en" || got.Type != "webpage" {
			t.Errorf("%q is read back as %+v", title, got)
		}
		if issued := got.Issued.Parts[0]; issued[0] != 2024 || issued[1] != 3 || issued[2] != 5 || got.Accessed.Parts[0][0] != 2025 {
			t.Errorf("dates are %v and %v", got.Issued, got.Accessed)
		}
	}
}

// risLine is the rule of the format: two letters or digits, two spaces, a dash, a space.
var risLine = regexp.MustCompile(`^[A-Z][A-Z0-9]  - .*$`)

func TestRISKeepsToItsLines(t *testing.T) {
	t.Parallel()
	for _, title := range titles {
		text := work(title).RIS()
		if !strings.HasPrefix(text, "TY  - ELEC\r\n") || !strings.HasSuffix(text, "\r\nER  - \r\n") || strings.Count(text, "\r\nER  - ") != 1 {
			t.Errorf("%q: not one record: %q", title, text)
		}
		fields := map[string]string{}
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			if !risLine.MatchString(line) || strings.ContainsAny(line, "\r\n\u2028") {
				t.Errorf("%q: no line of the format: %q", title, line)
			}
			fields[line[:2]] = line[6:]
		}
		if fields["TI"] != oneLine(title) || fields["PY"] != "2024" || fields["Y2"] != "2025/06/15" || strings.ContainsAny(fields["AU"], ",*") {
			t.Errorf("%q: the fields are %v", title, fields)
		}
	}
}

func TestBibTeXHasItsBracesInBalance(t *testing.T) {
	t.Parallel()
	field := regexp.MustCompile(`^  [a-z]+ = \{.*\},?$`)
	for _, title := range titles {
		text := work(title).BibTeX()
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		if lines[0] != "@misc{a-practice," || lines[len(lines)-1] != "}" {
			t.Errorf("%q: not one entry: %q", title, text)
		}
		for _, line := range lines[1 : len(lines)-1] {
			// BibTeX counts every brace, escaped or not.
			depth := 0
			for _, r := range line {
				switch r {
				case '{':
					depth++
				case '}':
					depth--
				}
				if depth < 0 {
					t.Errorf("%q: a brace too many: %q", title, line)
				}
			}
			if depth != 0 || !field.MatchString(line) {
				t.Errorf("%q: no field: %q", title, line)
			}
		}
	}
	for title, want := range map[string]string{
		"Épargne à Besançon": `{\'{E}}pargne {\` + "`" + `{a}} Besan{\c{c}}on`, "Łódź": `{\L}{\'{o}}d{\'{z}}`, "100 % & more_#1": `100 \% \& more\_\#1`,
		"Ласкаво": "Ласкаво", "Київ": "Київ", "αβγά": "αβγά"} {
		if got := work(title).BibTeX(); !strings.Contains(got, "title = {{"+want+"}}") {
			t.Errorf("%q is written as %s", title, got)
		}
	}
}

func TestAPASaysWhatIsKnown(t *testing.T) {
	t.Parallel()
	english, _ := locale.Find("en")
	w := work("A title")
	want := "A title, office. (2024). A title [original title, in Greek: Πρωτότυπο]. Exempla. Retrieved 15 June 2025, from https://exempla.example/en/practices/a-practice"
	if got := w.APA(english); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	w.Published, w.Original = time.Time{}, ""
	if got := w.APA(english); !strings.HasPrefix(got, "A title, office. (n.d.). A title. Exempla. ") {
		t.Errorf("an import is cited as %s", got)
	}
	for _, text := range []string{w.RIS(), w.BibTeX(), w.CSL()} {
		if strings.Contains(text, "PY  -") || strings.Contains(text, " year =") || strings.Contains(text, "issued") {
			t.Errorf("a year that nobody knows: %s", text)
		}
	}
}
