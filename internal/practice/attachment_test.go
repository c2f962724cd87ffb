package practice

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ width, height, side, wantWidth, wantHeight int }{
		{4000, 3000, LargeSide, 1600, 1200},
		{3000, 4000, LargeSide, 1200, 1600},
		{1600, 900, LargeSide, 1600, 900},
		{1601, 900, LargeSide, 1600, 899},
		{300, 200, SmallPicture.Side, 300, 200},
		{1000, 333, SmallPicture.Side, 480, 160},
		{10_000, 3, SmallPicture.Side, 480, 1}, // nothing is lost altogether
		{3, 10_000, SmallPicture.Side, 1, 480},
	} {
		if width, height := Fit(c.width, c.height, c.side); width != c.wantWidth || height != c.wantHeight {
			t.Errorf("Fit(%d, %d, %d) = %d, %d, want %d, %d", c.width, c.height, c.side, width, height, c.wantWidth, c.wantHeight)
		}
	}
}

// A page reserves room by these sizes, so that nothing jumps when a picture comes.
func TestFitKeepsTheShape(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 20_000)
		width, height, side := size.Draw(t, "width"), size.Draw(t, "height"), rapid.IntRange(1, 2000).Draw(t, "side")
		w, h := Fit(width, height, side)
		if w < 1 || h < 1 || max(w, h) > side && max(w, h) > max(width, height) || max(w, h) != min(side, max(width, height)) {
			t.Fatalf("%d × %d within %d is %d × %d", width, height, side, w, h)
		}
		// Rounded to whole pixels, each side is off by half a pixel at most.
		longest := max(width, height)
		if side < longest && (abs(w*longest-width*side)*2 > longest && w > 1 || abs(h*longest-height*side)*2 > longest && h > 1) {
			t.Fatalf("%d × %d within %d is %d × %d, another shape", width, height, side, w, h)
		}
		if again, same := Fit(w, h, side); again != w || same != h {
			t.Fatalf("%d × %d within %d is not stable", w, h, side)
		}
	})
}

func abs(n int) int { return max(n, -n) }

func TestSmallPicture(t *testing.T) {
	t.Parallel()
	a := Attachment{Type: "image/jpeg", Width: 1600, Height: 1000}
	if width, height := a.In(SmallPicture); width != 480 || height != 300 {
		t.Errorf("the small one has %d × %d pixels", width, height)
	}
	for media, want := range map[string]bool{"image/jpeg": true, "image/png": true, "application/pdf": false} {
		if (Attachment{Type: media}).IsPicture() != want {
			t.Errorf("%s is shown: %v", media, !want)
		}
	}
}

// Revisions keep practices in this form for ever: a name that changes makes old
// ones unreadable.
func TestPracticeAsJSON(t *testing.T) {
	t.Parallel()
	p := validPractice()
	p.Number, p.Revision = 7, 3
	p.Organisation, p.Licence, p.Source.Name = "City of Ioannina", "CC BY 4.0", "Publisher"
	p.Period = Period{Start: Date{2017, 4}, End: Date{Year: 2019}, Ongoing: true, Wording: "since April 2017"}
	p.Place.Cities[0].Located = true
	p.Texts = p.Texts[:1]
	p.Texts[0].TitleEnglish = "Title"
	p.Texts[0].Attachments = []Attachment{{Hash: "ab", Type: "image/png", Size: 9, Width: 2, Height: 1, Alt: "A square", Credit: "Ana"}}
	const want = `{"slug":"library-of-people","place":{"countries":["GR"],"cities":[{"country":"GR","name":"Ιωάννινα","latitude":39.66,` +
		`"longitude":20.85,"located":true}]},"topics":["education","refugees"],"period":{"start":{"year":2017,"month":4},"end":{"year":2019},` +
		`"ongoing":true,"wording":"since April 2017"},"organisation":"City of Ioannina","licence":"CC BY 4.0","source":{"name":"Publisher",` +
		`"url":"https://example.org/a?b=c"},"texts":[{"language":"el","state":"original","title":"Τίτλος","title_language":"el",` +
		`"title_english":"Title","summary":"Περίληψη","sections":{"purpose":"Γιατί"},"attachments":[{"hash":"ab","type":"image/png","size":9,` +
		`"width":2,"height":1,"alt":"A square","credit":"Ana"}]}]}`
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(p); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(b.String()); got != want {
		t.Errorf("as JSON it is\n%s\nwant\n%s", got, want)
	}
	var back Practice
	if err := json.Unmarshal([]byte(want), &back); err != nil {
		t.Fatal(err)
	}
	if problems := back.Check(); problems != nil || back.Texts[0].Attachments[0].Alt != "A square" || back.Period != p.Period {
		t.Errorf("read back: %+v, %v", back, problems)
	}
}
