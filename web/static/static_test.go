package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// served are all files by their plain names; a sheet of several files is one.
var served = []string{"app.js", "cite.css", "desk.js", "draft.js", "facts.css", "files.css", "icon.svg", "interface.css", "lists.css", "passkey.js", "preview.css", "prose.js", "style.css", "suggest.js", "upload.js", "work.css"}

func TestFilesAreServedUnderTheirPlainNames(t *testing.T) {
	t.Parallel()
	var names []string
	for name := range byPlain {
		names = append(names, name)
	}
	slices.Sort(names)
	if !slices.Equal(names, served) {
		t.Errorf("the files are %v, not %v", names, served)
	}
}

func TestNamesCarryAHashOfTheContent(t *testing.T) {
	t.Parallel()
	for _, plain := range served {
		file, ok := Find(strings.TrimPrefix(Path(plain), Prefix))
		if !ok {
			t.Errorf("%s is not found at its address %s", plain, Path(plain))
			continue
		}
		extension := path.Ext(plain)
		pattern := regexp.QuoteMeta(strings.TrimSuffix(plain, extension)) + `\.[0-9a-f]{12}` + regexp.QuoteMeta(extension)
		if !regexp.MustCompile("^" + pattern + "$").MatchString(file.Name) {
			t.Errorf("%s is named %s", plain, file.Name)
		}
	}
	first, second := newFile("a.css", []byte("a{}")), newFile("a.css", []byte("b{}"))
	if first.Name == second.Name || first.Name != newFile("a.css", []byte("a{}")).Name {
		t.Errorf("names do not follow the content: %s, %s", first.Name, second.Name)
	}
}

func TestOnlyHashedNamesAreFound(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"style.css", "style.000000000000.css", "style/base.css", "base.css", "", "../static.go"} {
		if file, ok := Find(name); ok {
			t.Errorf("%q finds %s", name, file.Name)
		}
	}
}

// Whoever only reads never loads the script of long texts, but officers are in a hurry, too.
func TestScriptOfLongTextsIsSmall(t *testing.T) {
	t.Parallel()
	const limit = 3_500 // bytes over the wire
	if size := len(byPlain["prose.js"].Gzip()); size > limit {
		t.Errorf("prose.js comes in %d bytes", size)
	}
}

func TestFilesAreCompressedWithoutLoss(t *testing.T) {
	t.Parallel()
	for _, plain := range served {
		file := byPlain[plain]
		zip, err := gzip.NewReader(bytes.NewReader(file.Gzip()))
		if err != nil {
			t.Fatalf("%s: %v", plain, err)
		}
		for coding, from := range map[string]io.Reader{"gzip": zip, "br": brotli.NewReader(bytes.NewReader(file.Brotli()))} {
			if content, err := io.ReadAll(from); err != nil || !bytes.Equal(content, file.Content) {
				t.Errorf("%s: another file comes out of %s (%v)", plain, coding, err)
			}
		}
		if len(file.Brotli()) >= len(file.Gzip()) {
			t.Errorf("%s: %d bytes with br, %d with gzip", plain, len(file.Brotli()), len(file.Gzip()))
		}
	}
}

func TestFilesHaveTheirMediaType(t *testing.T) {
	t.Parallel()
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, plain := range served {
		if got, want := byPlain[plain].Type, types[path.Ext(plain)]; got != want {
			t.Errorf("%s has the type %q, not %q", plain, got, want)
		}
	}
}

// A page that names a file which is not there is a mistake to be seen at once.
func TestAPathOfNoFilePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a file that is not there has an address")
		}
	}()
	Path("nothing.css")
}

// A file that no sheet names would look as if it worked, and never be served.
func TestEveryStyleIsServedOnce(t *testing.T) {
	t.Parallel()
	for sheet, parts := range sheets {
		folder := strings.TrimSuffix(sheet, ".css")
		names, err := fs.Glob(files, folder+"/*.css")
		if err != nil {
			t.Fatal(err)
		}
		var named []string
		for _, part := range parts {
			named = append(named, folder+"/"+part+".css")
		}
		slices.Sort(named)
		if !slices.Equal(names, named) {
			t.Errorf("%s is made of %v, but the folder has %v", sheet, named, names)
		}
	}
}

// What stands later overrules what stands before: widths and paper come last.
func TestSheetsKeepTheOrderOfTheCascade(t *testing.T) {
	t.Parallel()
	style := string(byPlain["style.css"].Content)
	at := -1
	for _, rule := range []string{`@charset "UTF-8";`, ":root{", ".mast{", ".suggestions{", ".facet{", ".item{", ".prose{", ".foot{", "@media (max-width: 56rem){", "@media print{"} {
		next := strings.Index(style, rule)
		if next <= at {
			t.Errorf("%s stands at %d, after %d is wanted", rule, next, at)
		}
		at = next
	}
	if work := string(byPlain["work.css"].Content); !strings.HasPrefix(work, `@charset "UTF-8";`) || !strings.Contains(work, ".dock{") {
		t.Error("the sheet of working pages does not begin with its encoding, or has no dock")
	}
}

func TestEveryShareHasItsClass(t *testing.T) {
	t.Parallel()
	rule := regexp.MustCompile(`\.w(\d+)\{--w:([\d.]+)\}`)
	found := rule.FindAllSubmatch(byPlain["style.css"].Content, -1)
	if len(found) != 100 {
		t.Fatalf("%d classes, not 100", len(found))
	}
	for i, match := range found {
		percent, _ := strconv.Atoi(string(match[1]))
		share, _ := strconv.ParseFloat(string(match[2]), 64)
		if percent != i+1 || share != float64(percent)/100 {
			t.Errorf("the rule %s stands in place %d", match[0], i+1)
		}
	}
}

func TestSheetsAreCompacted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ written, want string }{
		"declarations": {"a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color:red;margin:0 auto}"},
		"comments":     {"/* Why\n   so. */\na {\n  top: 0;\n}\n", "a{top:0}"},
		"selectors":    {"a,\nb > c {\n  top: 0;\n}\n", "a,b > c{top:0}"},
		"nesting":      {"@media (max-width: 5rem) {\n  a:hover {\n    top: 0;\n  }\n\n  b {\n    top: 1px;\n  }\n}\n", "@media (max-width: 5rem){a:hover{top:0}b{top:1px}}"},
		"properties":   {":root {\n  --a: light-dark(#fff, #000);\n}\n", ":root{--a:light-dark(#fff, #000)}"},
		"strings":      {"a::after {\n  content: \" (\" attr(href) \")\";\n}\n", "a::after{content:\" (\" attr(href) \")\"}"},
		"encoding":     {"@charset \"UTF-8\";\n/* x */\n:root {\n  top: 0;\n}\n", "@charset \"UTF-8\";:root{top:0}"},
	} {
		if got := string(compact([]byte(c.written))); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// Scripts come without their indents and comments, and otherwise as they are written.
func TestScriptsAreCompacted(t *testing.T) {
	t.Parallel()
	written := "// Why.\n(() => {\n  // So.\n  const home = \"http://\" + host; // not this\n})();\n"
	if got, want := string(margin.ReplaceAll([]byte(written), nil)), "(() => {\nconst home = \"http://\" + host; // not this\n})();\n"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	for _, plain := range served {
		if path.Ext(plain) == ".js" && bytes.Contains(byPlain[plain].Content, []byte("\n//")) {
			t.Errorf("%s is served with its comments", plain)
		}
	}
}

// Sheets are as even as they are served: compacting relies on it.
func TestDeclarationsHaveALineEach(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^(?:\s*|@charset "UTF-8";|(?:  )*(?:[^;{}]+(?:,| \{)|[a-z-]+: [^;{}]+;|\}))$`)
	err := fs.WalkDir(files, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".css" {
			return err
		}
		number := 0
		for text := range strings.Lines(string(blank(read(name)))) {
			number++
			if !line.MatchString(strings.TrimSuffix(text, "\n")) {
				t.Errorf("web/static/%s:%d: %q is not one declaration, one selector or one brace", name, number, text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// blank leaves the lines of comments empty, so that lines keep their numbers.
func blank(sheet []byte) []byte {
	return comment.ReplaceAllFunc(sheet, func(text []byte) []byte { return bytes.Repeat([]byte("\n"), bytes.Count(text, []byte("\n"))) })
}
