package theme

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Colours are those of a site in place of the program's, each as #rrggbb.
type Colours struct {
	Accent Pair `json:"accent,omitzero"` // links, buttons and what is chosen
	Header Pair `json:"header,omitzero"` // the ground at the top of every page
}

// Pair is a colour for light and one for dark screens. Empty ones are the program's.
type Pair struct {
	Light string `json:"light,omitempty"`
	Dark  string `json:"dark,omitempty"`
}

// leastContrast is what WCAG 2.2 asks of text in 1.4.6, Contrast (Enhanced).
const leastContrast = 7

// scheme is what the program's own colours are on a screen, as in web/static/style/base.css.
type scheme struct {
	paper, card, ink, accent string
	onAccent                 string // which lies on any accent that passes
	towards                  string // where an accent has more contrast
}

var (
	light = scheme{"#fbfaf7", "#ffffff", "#16202b", "#0b5c55", "#ffffff", "#000000"}
	dark  = scheme{"#11171d", "#18212a", "#e9edf1", "#6fd3c7", "#06201d", "#ffffff"}
)

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// ParseColour reads a colour as people write it: "#0B5", "0b5c55". What is no colour is
// returned as it is.
func ParseColour(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	digits := strings.TrimPrefix(text, "#")
	if len(digits) == 3 {
		digits = digits[:1] + digits[:1] + digits[1:2] + digits[1:2] + digits[2:] + digits[2:]
	}
	if made := "#" + digits; hexColour.MatchString(made) {
		return made
	}
	return text
}

// check lists colours on which text could not be read, with the nearest that do.
func (c Colours) check() (faults []Fault) {
	faults = append(faults, light.check("light", c.Accent.Light, c.Header.Light)...)
	return append(faults, dark.check("dark", c.Accent.Dark, c.Header.Dark)...)
}

func (s scheme) check(name, accent, header string) (faults []Fault) {
	for _, one := range []struct{ path, colour string }{{"header", header}, {"accent", accent}} {
		if one.colour != "" && !hexColour.MatchString(one.colour) {
			faults = append(faults, Fault{Path: "colours." + one.path + "." + name, Why: "no_colour", What: one.colour})
		}
	}
	if len(faults) > 0 {
		return faults
	}
	grounds := []string{s.paper, s.card}
	if header != "" {
		if f, ok := faint("colours.header."+name, header, s.card, s.ink); ok {
			return append(faults, f)
		}
		grounds = append(grounds, header)
	}
	if accent == "" {
		accent = s.accent
	}
	if f, ok := faint("colours.accent."+name, accent, s.towards, grounds...); ok {
		faults = append(faults, f)
	}
	return faults
}

// faint is the fault of a colour that has too little contrast to one of others. The
// nearest that has enough lies on the way to another colour.
func faint(path, colour, towards string, others ...string) (f Fault, ok bool) {
	least := contrastToAll(colour, others)
	if least >= leastContrast {
		return f, false
	}
	nearest := towards
	for part := 1; part < 256; part++ {
		if tried := mix(colour, towards, float64(part)/255); contrastToAll(tried, others) >= leastContrast {
			nearest = tried
			break
		}
	}
	return Fault{Path: path, Why: "contrast", What: nearest, Most: int(least * 10)}, true
}

func contrastToAll(colour string, others []string) float64 {
	least := math.Inf(1)
	for _, other := range others {
		least = min(least, contrast(colour, other))
	}
	return least
}

// contrast is the contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
func contrast(a, b string) float64 {
	brighter, darker := luminance(a), luminance(b)
	if brighter < darker {
		brighter, darker = darker, brighter
	}
	return (brighter + 0.05) / (darker + 0.05)
}

// luminance is the relative luminance of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
func luminance(colour string) float64 {
	var linear [3]float64
	for i, value := range channels(colour) {
		if value /= 255; value <= 0.04045 {
			linear[i] = value / 12.92
		} else {
			linear[i] = math.Pow((value+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

func channels(colour string) (rgb [3]float64) {
	number, _ := strconv.ParseUint(colour[1:], 16, 32) // it has been checked
	for i := range rgb {
		rgb[i] = float64(number >> (16 - 8*i) & 0xff)
	}
	return rgb
}

// mix is a colour with a part of another.
func mix(colour, other string, part float64) string {
	a, b := channels(colour), channels(other)
	made := "#"
	for i := range a {
		made += fmt.Sprintf("%02x", int(math.Round(a[i]+(b[i]-a[i])*part)))
	}
	return made
}

// softPart is how much of the accent is in the ground of what is chosen.
const softPart = 0.1

// Style is the style sheet with the colours; empty if there are none. Paper stays as the
// program prints it.
func (c Colours) Style() string {
	var b strings.Builder
	if c.Accent != (Pair{}) {
		l, d := cmp.Or(c.Accent.Light, light.accent), cmp.Or(c.Accent.Dark, dark.accent)
		fmt.Fprintf(&b, ":root{--accent:light-dark(%s,%s);--on-accent:light-dark(%s,%s);--accent-soft:light-dark(%s,%s)}",
			l, d, light.onAccent, dark.onAccent, mix(light.card, l, softPart), mix(dark.card, d, softPart))
	}
	if c.Header != (Pair{}) {
		fmt.Fprintf(&b, ".mast,.menu>div{background:light-dark(%s,%s)}", cmp.Or(c.Header.Light, light.card), cmp.Or(c.Header.Dark, dark.card))
	}
	if b.Len() == 0 {
		return ""
	}
	return "@media screen{" + b.String() + "}"
}

// MailStyle is the style sheet of mails with the colours, to follow that of the program;
// empty if there are none. Several mail programs know neither variables nor light-dark.
func (c Colours) MailStyle() string {
	if c == (Colours{}) {
		return ""
	}
	return light.mailStyle(c.Accent.Light, c.Header.Light) + "@media (prefers-color-scheme: dark){" + dark.mailStyle(c.Accent.Dark, c.Header.Dark) + "}"
}

func (s scheme) mailStyle(accent, header string) string {
	accent = cmp.Or(accent, s.accent)
	style := fmt.Sprintf(".mark,a{color:%[1]s}blockquote{border-color:%[1]s;background:%[2]s}.btn{background:%[1]s;color:%[3]s}",
		accent, mix(s.card, accent, softPart), s.onAccent)
	if header != "" {
		style += ".mark{margin:-24px -24px 24px;padding:16px 24px;border-radius:7px 7px 0 0;background:" + header + "}"
	}
	return style
}
