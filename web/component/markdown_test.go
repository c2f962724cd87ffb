package component_test

import (
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
	if err := component.Markdown(text).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":                              "<p>plain</p>",
		"one\n\ntwo":                         "<p>one</p>\n<p>two</p>",
		"**strong** and *soft*":              "<p><strong>strong</strong> and <em>soft</em></p>",
		"- a\n- b":                           "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
		"1. a":                               "<ol>\n<li>a</li>\n</ol>",
		"> said":                             "<blockquote>\n<p>said</p>\n</blockquote>",
		"[a](https://a.example/x)":           `<p><a href="https://a.example/x" rel="nofollow">a</a></p>`,
		"see https://a.example":              `<p>see <a href="https://a.example" rel="nofollow">https://a.example</a></p>`,
		"[a](mailto:desk@a.example)":         `<p><a href="mailto:desk@a.example" rel="nofollow">a</a></p>`,
		"[a](javascript:alert(1))":           "<p>a</p>",
		"[a](JaVaScRiPt:alert(1))":           "<p>a</p>",
		"[a](data:text/html;base64,PHN2Zz4)": "<p>a</p>",
		"[a](/en/practices)":                 "<p>a</p>",
		"[a](//evil.example)":                "<p>a</p>",
		"![a](https://a.example/x.png)":      "<p></p>",
		"<b>raw</b>":                         "<p>raw</p>",
		"1 < 2 & 3 > 2":                      "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
		"`<script>`":                         "<p><code>&lt;script&gt;</code></p>",
		"":                                   "",
	} {
		if got := shown(t, text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// TestTypedTextIsNotLost: after "<" for "less than" or "#" for "number" every word
// must still be there.
func TestTypedTextIsNotLost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"ages <18 and >65", "cost < 1000 euro", "a # b", "Heading\n=======\nbelow", "# Title\n\nbelow"} {
		got := shown(t, text)
		for _, word := range regexp.MustCompile(`\w+`).FindAllString(text, -1) {
			if !strings.Contains(got, word) {
				t.Errorf("%q gives %q, without %q", text, got, word)
			}
		}
	}
}

func TestHeadingsDoNotBreakTheOutline(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"# One", "## Two\n\ntext", "Title\n=====", "###### six"} {
		if got := shown(t, text); regexp.MustCompile(`<h\d`).MatchString(got) {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

// harmless are the elements that a text may become, with their attributes.
var harmless = map[string][]string{"html": nil, "head": nil, "body": nil, "p": nil, "br": nil, "ul": nil, "ol": nil, "li": nil, "em": nil, "strong": nil,
	"del": nil, "blockquote": nil, "code": nil, "pre": nil, "hr": nil, "table": nil, "thead": nil, "tbody": nil, "tr": nil, "th": nil, "td": nil,
	"a": {"href", "rel"}}

func FuzzMarkdownIsHarmless(f *testing.F) {
	for _, seed := range []string{"<script>alert(1)</script>", "[x](javascript:alert(1))", `<img src=x onerror="alert(1)">`, "![x](http://x)", "<svg><a xlink:href='javascript:1'>",
		"[x](https://a \"\\\" onclick=x\")", "<a href='jav&#x09;ascript:alert(1)'>x</a>", "| a | b |\n|---|---|\n| <b onclick=1> | c |", "```js\"><script>\nx\n```",
		"<math><mtext></p><style><!--</style><img src onerror=alert(1)>", "<javascript:alert(1)>", "[a]\n\n[a]: javascript:alert(1)", "\x00<scr\x00ipt>", "<!--><script>x</script>-->"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := html.Parse(strings.NewReader(shown(t, text)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode {
				checkElement(t, text, n)
			}
		}
	})
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
