package component_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/web/component"
)

// shown is what a page makes of a text.
func shown(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	if err := component.Prose(text).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// p is a paragraph.
func p(text string) string { return "<p>" + text + "</p>" }

// list is a list of items, each with its markup.
func list(start string, items ...string) string {
	name, _, _ := strings.Cut(start, " ")
	return "<" + start + ">\n<li>" + strings.Join(items, "</li>\n<li>") + "</li>\n</" + name + ">"
}

// a is a link.
func a(href, text string) string { return `<a href="` + href + `" rel="nofollow">` + text + "</a>" }

var proseTests = map[string]map[string]string{
	"paragraphs and lines": {
		"":                       "",
		" \n\n ":                 "",
		"plain":                  p("plain"),
		"one\n\ntwo":             p("one") + "\n" + p("two"),
		"one\ntwo":               p("one<br>\ntwo"),
		"one\r\ntwo\r\n\r\nlast": p("one<br>\ntwo") + "\n" + p("last"),
		"one\u000btwo":           p("one<br>\ntwo"),
		"one\u2028two":           p("one<br>\ntwo"),
		"one\u2029two":           p("one") + "\n" + p("two"),
		"one<br>two<BR/>three":   p("one<br>\ntwo<br>\nthree"),
		"one\\\ntwo":             p("one<br>\ntwo"),
		"    pasted with spaces": p("pasted with spaces"),
		"\tone\n\ttwo":           p("one<br>\ntwo"),
		"\u00a0\u00a0one":        p("one"),
	},
	"what is no markup": {
		"2019. godine grad je otvorio centar.": p("2019. godine grad je otvorio centar."),
		"12. Dezember":                         p("12. Dezember"),
		"12. Dezember: Beginn\n3. Mai: Ende":   p("12. Dezember: Beginn<br>\n3. Mai: Ende"),
		"2018. godine\n2019. godine":           p("2018. godine<br>\n2019. godine"),
		"Es begann am\n1. Mai 2019 in Wien.":   p("Es begann am<br>\n1. Mai 2019 in Wien."),
		"У 2021\n3. березня":                   p("У 2021<br>\n3. березня"),
		"3*4*5 m":                              p("3*4*5 m"),
		"2 * 3 * 4":                            p("2 * 3 * 4"),
		"price* and cost*":                     p("price* and cost*"),
		"file_name_x and _y":                   p("file_name_x and _y"),
		"Schüler*innen und Lehrer*innen":       p("Schüler*innen und Lehrer*innen"),
		"_____ and ****":                       p("_____ and ****"),
		"п`ять об`єктів":                       p("п`ять об`єктів"),
		"~20 people, x^2, ~~never~~":           p("~20 people, x^2, ~~never~~"),
		"#hashtag":                             p("#hashtag"),
		"# 5 of ten":                           p("# 5 of ten"),
		"ages\n>65":                            p("ages<br>\n&gt;65"),
		"> 65 years":                           p("&gt; 65 years"),
		"1 < 2 & 3 > 2":                        p("1 &lt; 2 &amp; 3 &gt; 2"),
		"+ 33 1 40 20 50 50":                   p("+ 33 1 40 20 50 50"),
		"- ":                                   p("-"),
		"-Hola":                                p("-Hola"),
		"○○市":                                  p("○○市"),
		"-5 °C\n-10 °C":                        p("-5 °C<br>\n-10 °C"),
		"2.Mai":                                p("2.Mai"),
		"1.5 million\n2.5 million":             p("1.5 million<br>\n2.5 million"),
		"[1] See the report [sic]":             p("[1] See the report [sic]"),
		"[1]: the first note":                  p("[1]: the first note"),
		"C:\\files\\x":                         p("C:\\files\\x"),
		"§ 5 Abs. 2":                           p("§ 5 Abs. 2"),
		"o homem chegou":                       p("o homem chegou"),
		"v mestu\no mestu":                     p("v mestu<br>\no mestu"),
		"— Так, — сказав він.":                 p("— Так, — сказав він."),
		"The city\n– a small one – decided":    p("The city<br>\n– a small one – decided"),
		"عام 2019. افتتحت المدينة مركزا":                p("عام 2019. افتتحت المدينة مركزا"),
		"AT&T, R&D; &unknown; x":                        p("AT&amp;T, R&amp;D; &amp;unknown; x"),
		"\\*not soft\\* and 2019\\. godine":             p("*not soft* and 2019. godine"),
		"a | b":                                         p("a | b"),
		"☎ 112 ✓ done":                                  p("☎ 112 ✓ done"),
		"```\ncode\n```":                                p("```<br>\ncode<br>\n```"),
		"<div class=\"x\">raw</div> <script>":           p("&lt;div class=&#34;x&#34;&gt;raw&lt;/div&gt; &lt;script&gt;"),
		"&lt;b&gt;text&lt;/b&gt;":                       p("&lt;b&gt;text&lt;/b&gt;"),
		"Im Jahr 1990. 1. Platz":                        p("Im Jahr 1990. 1. Platz"),
		"* only a note about the star*ed word above it": list("ul", "only a note about the star*ed word above it"),
	},
	"characters": {
		"Arts &amp; crafts":                    p("Arts &amp; crafts"),
		"caf&eacute; &#8220;x&#x201D; &nbsp;.": p("café “x” \u00a0."),
		"Inte\u00adgra\u00adtion":              p("Integration"),
		"zero\u200bwidth\ufeff\u2060 x\ufffc":  p("zerowidth x"),
		"a\x00b\x07":                           p("ab"),
		"می\u200cخواهم":                        p("می\u200cخواهم"),
		"👩\u200d🏫":                             p("👩\u200d🏫"),
		"ភាសា\u200bខ្មែរ":                      p("ភាសា\u200bខ្មែរ"),
		"x \uf0e0 y \uf0fc \uf0b0 \uf0ff":      p("x → y ✓ °"),
		"&#1;b&#2; &#0;":                       p("b \ufffd"),
		"\u202bمرحبا\u202c":                    p("\u202bمرحبا\u202c"),
	},
	"lists": {
		"- a\n- b":     list("ul", "a", "b"),
		"* a\n* b":     list("ul", "a", "b"),
		"• one\n• two": list("ul", "one", "two"),
		"•one\n•two":   list("ul", "one", "two"),
		"·\u00a0\u00a0\u00a0\u00a0eins\n·\u00a0\u00a0zwei": list("ul", "eins", "zwei"),
		"·\tun\n·\tdeux":                             list("ul", "un", "deux"),
		"\uf0b7\tένα\n\uf0b7\tδύο":                   list("ul", "ένα", "δύο"),
		"\uf0a7 uno\n\uf0a7 dos":                     list("ul", "uno", "dos"),
		"▪ один\n▪ два":                              list("ul", "один", "два"),
		"§\tnjë\n§\tdy":                              list("ul", "një", "dy"),
		"o\tone\no\ttwo":                             list("ul", "one", "two"),
		"– un\n– deux":                               list("ul", "un", "deux"),
		"— одне\n\n— друге":                          list("ul", "одне", "друге"),
		"• واحد\n• اثنان":                            list("ul", "واحد", "اثنان"),
		"・東京\n・大阪":                                   list("ul", "東京", "大阪"),
		"●東京\n●大阪":                                   list("ul", "東京", "大阪"),
		"-uno\n-dos":                                 list("ul", "uno", "dos"),
		"1.Einladen\n2.Zuhören":                      list("ol", "Einladen", "Zuhören"),
		"We did:\n- this\n- that\nThen we rested.":   p("We did:") + "\n" + list("ul", "this", "that") + "\n" + p("Then we rested."),
		"They say:\n– once":                          p("They say:") + "\n" + list("ul", "once"),
		"- a\n\n- b\n\ntext":                         list("ul", "a", "b") + "\n" + p("text"),
		"•\ta\vgoes on\n•\tb":                        list("ul", "a<br>\ngoes on", "b"),
		"- a\n  goes on\n- b":                        list("ul", "a<br>\ngoes on", "b"),
		"- a\n\n  more\n- b":                         list("ul", p("a")+"\n"+p("more")+"\n", "b"),
		"- a\n  - x\n  - y\n- b":                     list("ul", "a"+list("ul", "x", "y")+"\n", "b"),
		"•\ta\no\tx\no\ty\n•\tb":                     list("ul", "a"+list("ul", "x", "y")+"\n", "b"),
		"•\ta\n–\tx\n•\tb":                           list("ul", "a"+list("ul", "x")+"\n", "b"),
		"&bull; one\n&bull; two":                     list("ul", "one", "two"),
		"<ul><li>one</li><li>two</li></ul>":          list("ul", "one", "two"),
		"<ul>\n<li>one</li>\n<li>two</li>\n</ul>end": list("ul", "one", "two") + "\n" + p("end"),
	},
	"numbers": {
		"1. a":                             list("ol", "a"),
		"1. a\n2. b":                       list("ol", "a", "b"),
		"1) a\n2) b":                       list("ol", "a", "b"),
		"1.\ta\n\n2.\tb":                   list("ol", "a", "b"),
		"1. a\n1. b\n1. c":                 list("ol", "a", "b", "c"),
		"3. a\n4. b":                       list(`ol start="3"`, "a", "b"),
		"1. a\n3. c":                       list("ol", "a") + "\n" + p("3. c"),
		"1. a\n\ntext\n\n2. b":             list("ol", "a") + "\n" + p("text") + "\n" + list(`ol start="2"`, "b"),
		"1. a\n• x\n• y\n2. b":             list("ol", "a"+list("ul", "x", "y")+"\n", "b"),
		"Steps:\n1. Mai\n2. Juni":          p("Steps:") + "\n" + list("ol", "Mai", "Juni"),
		"1. 2019. godine\n2. 2020. godine": list("ol", "2019. godine", "2020. godine"),
		"Kapitel\n\n7. Sieben\n\n8. Acht":  p("Kapitel") + "\n" + list(`ol start="7"`, "Sieben", "Acht"),
	},
	"emphasis": {
		"**strong** and *soft*":       p("<strong>strong</strong> and <em>soft</em>"),
		"__strong__ and _soft_":       p("<strong>strong</strong> and <em>soft</em>"),
		"***both***":                  p("<strong><em>both</em></strong>"),
		"**a *b* c**":                 p("<strong>a </strong><strong><em>b</em></strong><strong> c</strong>"),
		"(**κείμενο**), «*слово*».":   p("(<strong>κείμενο</strong>), «<em>слово</em>»."),
		"**نص** مهم":                  p("<strong>نص</strong> مهم"),
		"这是**重点**内容":                  p("这是<strong>重点</strong>内容"),
		"이것은 **중요**합니다":               p("이것은 <strong>중요</strong>합니다"),
		"**open and *never closed":    p("**open and *never closed"),
		"** not ** this":              p("** not ** this"),
		"<b>bold</b>ly <i>x</i>":      p("<strong>bold</strong>ly <em>x</em>"),
		"<strong>never closed":        p("<strong>never closed</strong>"),
		"# Title\n\nbelow":            "<h3>Title</h3>\n" + p("below"),
		"### Τίτλος ##\nbelow":        "<h3>Τίτλος</h3>\n" + p("below"),
		"####### seven":               p("####### seven"),
		"Title\n=====\nbelow":         p("Title") + "\n<hr>\n" + p("below"),
		"* * *":                       "<hr>",
		"> said\n> again\n\nnot said": "<blockquote>\n" + p("said<br>\nagain") + "\n</blockquote>\n" + p("not said"),
		"> > deep":                    "<blockquote>\n" + p("deep") + "\n</blockquote>",
	},
	"links": {
		"[a](https://a.example/x)":           p(a("https://a.example/x", "a")),
		"[a **b**](https://a.example \"t\")": p(a("https://a.example", "a b")),
		"see https://a.example.":             p("see " + a("https://a.example", "https://a.example") + "."),
		"(https://a.example/b_(c)), then":    p("(" + a("https://a.example/b_(c)", "https://a.example/b_(c)") + "), then"),
		"www.grad.example/x?a=1&b=2;":        p(a("http://www.grad.example/x?a=1&amp;b=2", "www.grad.example/x?a=1&amp;b=2") + ";"),
		"«https://місто.example/сторінка»!":  p("«" + a("https://місто.example/сторінка", "https://місто.example/сторінка") + "»!"),
		"راجع https://a.example/ar؟":         p("راجع " + a("https://a.example/ar", "https://a.example/ar") + "؟"),
		"请看https://a.example/x。":             p("请看" + a("https://a.example/x", "https://a.example/x") + "。"),
		"<https://a.example>":                p("&lt;" + a("https://a.example", "https://a.example") + "&gt;"),
		"Anna <anna.b@city.example>, x":      p("Anna &lt;" + a("mailto:anna.b@city.example", "anna.b@city.example") + "&gt;, x"),
		"[a](mailto:desk@a.example)":         p(a("mailto:desk@a.example", "a")),
		"https://a.example/a_b_c*d*":         p(a("https://a.example/a_b_c*d", "https://a.example/a_b_c*d") + "*"),
		"**https://a.example**":              p("<strong>" + a("https://a.example", "https://a.example") + "</strong>"),
		"https://a.example/?x=1&amp;y=2":     p(a("https://a.example/?x=1&amp;y=2", "https://a.example/?x=1&amp;y=2")),
		"HTTPS://A.EXAMPLE":                  p(a("HTTPS://A.EXAMPLE", "HTTPS://A.EXAMPLE")),
		"http:// and www. and a@b":           p("http:// and www. and a@b"),
		"![a](https://a.example/x.png)":      p(a("https://a.example/x.png", "a")),
		"[a](javascript:alert(1))":           p("[a](javascript:alert(1))"),
		"[a](data:text/html;base64,PHN2Zz4)": p("[a](data:text/html;base64,PHN2Zz4)"),
		"[a](/en/practices)":                 p("[a](/en/practices)"),
		"[a](//evil.example)":                p("[a](//evil.example)"),
		"[a](www.a.example)":                 p(a("http://www.a.example", "a")),
	},
	"tables": {
		"| a | b |\n|---|:--|\n| c | **d** |\n| e | f | g |": "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n<th></th>\n</tr>\n</thead>\n<tbody>\n" +
			"<tr>\n<td>c</td>\n<td><strong>d</strong></td>\n<td></td>\n</tr>\n<tr>\n<td>e</td>\n<td>f</td>\n<td>g</td>\n</tr>\n</tbody>\n</table>",
		"a \\| b | c\n--- | ---": "<table>\n<thead>\n<tr>\n<th>a | b</th>\n<th>c</th>\n</tr>\n</thead>\n<tbody>\n</tbody>\n</table>",
	},
}

func TestProse(t *testing.T) {
	t.Parallel()
	for group, cases := range proseTests {
		for text, want := range cases {
			if got := shown(t, text); got != want {
				t.Errorf("%s: %q gives\n%q, want\n%q", group, text, got, want)
			}
		}
	}
}

func TestHeadingsStandBelowThoseOfThePage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"# One", "## Two\n\ntext", "Title\n=====", "###### six"} {
		if got := shown(t, text); regexp.MustCompile(`<h[^3r]`).MatchString(got) {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

// harmless are the elements that a text may become, with their attributes.
var harmless = map[string][]string{"html": nil, "head": nil, "body": nil, "p": nil, "br": nil, "ul": nil, "ol": {"start"}, "li": nil, "em": nil, "strong": nil,
	"blockquote": nil, "h3": nil, "hr": nil, "table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": nil, "td": nil,
	"a": {"href", "rel"}}

// attacks are texts that would load or run something.
var attacks = []string{"<script>alert(1)</script>", "[x](javascript:alert(1))", `<img src=x onerror="alert(1)">`, "![x](http://x)", "<svg><a xlink:href='javascript:1'>",
	"[x](https://a \"\\\" onclick=x\")", "<a href='jav&#x09;ascript:alert(1)'>x</a>", "| a | b |\n|---|---|\n| <b onclick=1> | c |", "```js\"><script>\nx\n```",
	"<math><mtext></p><style><!--</style><img src onerror=alert(1)>", "<javascript:alert(1)>", "[a]\n\n[a]: javascript:alert(1)", "\x00<scr\x00ipt>", "<!--><script>x</script>-->",
	`https://a.example/"onmouseover="alert(1)`, "https://a.example/'><b>", "&lt;script&gt;alert(1)&lt;/script&gt;", "[x](&#106;avascript:alert(1))", "www.\"><script>.x"}

func FuzzProseIsHarmless(f *testing.F) {
	for _, seed := range attacks {
		f.Add(seed)
	}
	for _, cases := range proseTests {
		for text := range cases {
			f.Add(text)
		}
	}
	f.Fuzz(checkHarmless)
}

func checkHarmless(t *testing.T, text string) {
	doc, err := html.Parse(strings.NewReader(shown(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			checkElement(t, text, n)
		}
	}
}

func checkElement(t *testing.T, text string, n *html.Node) {
	t.Helper()
	attributes, ok := harmless[n.Data]
	if !ok {
		t.Errorf("%q gives <%s>", text, n.Data)
	}
	for _, a := range n.Attr {
		if !slices.Contains(attributes, a.Key) {
			t.Errorf("%q gives <%s %s=%q>", text, n.Data, a.Key, a.Val)
		}
		if a.Key == "href" && !regexp.MustCompile(`^(?i)(https?://|mailto:)`).MatchString(a.Val) {
			t.Errorf("%q gives a link to %q", text, a.Val)
		}
	}
}

// made puts a text together from what texts are made of, and what is easily mistaken.
func made(random *rand.Rand) string {
	parts := slices.Concat(attacks, strings.Split("word grad город λέξη كلمة 都市 도시 naïve 2019. 12) 1. 2. 3*4*5 a_b_c * ** *** _ __ - – — • · ▪ o\t §\t \uf0b7 # ## > >> | |---|---| "+
		"https://a.example www.b.example c@d.example [x](https://e.example) [ ] ( ) ` ~ ^ \\ \\* & &amp; &lt; <b> </b> <br> < > : . === --- \u200b \u00ad \u2028 \v", " "),
		[]string{"\n", "\n", "\n\n", " ", " ", " ", "  ", "    ", "\t", "\u00a0"})
	var b strings.Builder
	for range random.IntN(40) {
		b.WriteString(parts[random.IntN(len(parts))])
	}
	return b.String()
}

// wordsOf are the words of a text that is shown.
func wordsOf(t *testing.T, markup string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// TestNoWordIsLost: whatever stands around it, each word is shown, in order, and nothing
// but what is allowed comes with it.
func TestNoWordIsLost(t *testing.T) {
	t.Parallel()
	plain := []string{"Woord", "godine", "Schüler", "слово", "λέξη", "كلمة", "都市", "도시", "naïve", "fjalë"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 1_000 {
		var text strings.Builder
		for _, word := range plain {
			text.WriteString(made(random) + " " + word + " ")
		}
		markup := shown(t, text.String())
		rest := wordsOf(t, markup)
		for _, word := range plain {
			_, behind, ok := strings.Cut(rest, word)
			if !ok {
				t.Fatalf("%q gives %q, without %q", text.String(), markup, word)
			}
			rest = behind
		}
		checkHarmless(t, text.String())
	}
}
