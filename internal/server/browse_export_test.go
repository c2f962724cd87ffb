package server_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"mime"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/mmcdole/gofeed"
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"exempla/internal/exchange"
	"exempla/internal/practice"
	"exempla/internal/testdb"
)

// exported are selections: everything, by words, by facets, in several orders and
// languages, and one that finds nothing.
var exported = []string{"", "?q=school", "?q=school&country=ES&country=IT&sort=title", "?topic=refugees&country=GR", "?year=2019&sort=place&size=10", "?q=xyzzy"}

// onPages are the slugs of all pages of a listing, in order.
func (s *site) onPages(path string) []string {
	s.Helper()
	var list []string
	for path != "" {
		p := s.visit(path)
		list = append(list, p.slugs()...)
		path = ""
		if next := all(p.doc, "nav.pages a[rel=next]"); len(next) > 0 {
			path = attr(next[0], "href")
		}
	}
	return list
}

// readers read the slugs of a file with others' readers.
var readers = map[string]func(*testing.T, string) []string{
	"json": func(t *testing.T, body string) (slugs []string) {
		var list []struct{ Slug string }
		if err := json.Unmarshal([]byte(body), &list); err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			slugs = append(slugs, p.Slug)
		}
		return slugs
	},
	"csv": func(t *testing.T, body string) []string {
		return firstColumn(cells(t, body))
	},
	"xlsx": func(t *testing.T, body string) []string {
		file, err := excelize.OpenReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := file.GetRows("Sheet1")
		if err != nil {
			t.Fatal(err)
		}
		return firstColumn(rows)
	},
}

func firstColumn(rows [][]string) (slugs []string) {
	for _, row := range rows[1:] {
		slugs = append(slugs, row[0])
	}
	return slugs
}

// A file has all that the pages list, in their order.
func TestFilesHaveTheWholeList(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, tag := range []string{"en", "el"} {
		for _, query := range exported {
			want := s.onPages("/" + tag + "/practices" + query)
			for format, read := range readers {
				p := s.visit("/" + tag + "/practices." + format + query)
				if got := read(t, p.body); !slices.Equal(got, want) {
					t.Errorf("%s: %d practices, want %d: %v", p.path, len(got), len(want), got)
				}
				if got := p.header.Get("Content-Language"); got != tag {
					t.Errorf("%s is in %q", p.path, got)
				}
			}
		}
	}
}

// What is taken away can be brought in again, with every text.
func TestFilesAreReadByImport(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, format := range []string{"json", "csv"} {
		practices, faults, err := exchange.Read(strings.NewReader(s.visit("/fr/practices."+format).body), "a."+format)
		if err != nil || len(faults) > 0 || len(practices) != 274 {
			t.Fatalf("%s: %d practices, %v, %v", format, len(practices), faults, err)
		}
		for _, p := range practices {
			if want := known(t)[p.Slug]; len(p.Texts) != len(want.Texts) || p.Texts[0].Summary != want.Texts[0].Summary || len(p.Texts[0].Sections) != len(want.Texts[0].Sections) {
				t.Errorf("%s has lost something", p.Slug)
			}
		}
	}
}

// oddTexts are what spreadsheets like to read as something else.
var oddTexts = []string{"=1+1", "'=x", "-5", "+49 170 1234567", "@x", "01234", "1e5", "12.5.2019", "2019-03-01", "TRUE", "_x000D_", " a\n\nb\t\"c\" ", "<b>&amp;",
	"سطر\nوسطر آخر", "𐍈 日本語"}

// An office program opens the sheet, and finds in it what the table has for everyone.
func TestSheetIsOpenedByAnOfficeProgram(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	var list []practice.Practice
	for i, text := range oddTexts {
		p := known(t)[ioannina]
		p.Slug, p.Texts = "odd-"+strconv.Itoa(i), slices.Clone(p.Texts[:1])
		p.Texts[0].Summary, p.Texts[0].Sections = text, map[practice.Section]string{practice.Impact: text}
		p.Period = practice.Period{Start: practice.Date{Year: 2011, Month: 3}, Wording: text}
		list = append(list, p)
	}
	if _, err := s.Store.Practices.Import(t.Context(), list, today, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
		t.Fatal(err)
	}
	sheet, table := s.visit("/ar/practices.xlsx").opened(), cells(t, s.visit("/ar/practices.csv").body)
	if len(sheet) != len(table) || len(table) != 1+274+len(oddTexts) {
		t.Fatalf("%d rows, and %d in the table", len(sheet), len(table))
	}
	for i, row := range table {
		for k, want := range row {
			if got := exchange.Guard(sheet[i][k]); got != want {
				t.Errorf("%s of %s is %q, want %q", table[0][k], row[0], got, want)
			}
		}
	}
}

// opened are the cells of a sheet as LibreOffice shows them.
func (p page) opened() [][]string {
	p.Helper()
	folder := p.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.xlsx"), []byte(p.body), 0o600); err != nil {
		p.Fatal(err)
	}
	// Commas, quotes, UTF-8, from the first line, cells as they are shown, the first sheet.
	const asTable = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
	said, err := exec.Command("soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", asTable, "--outdir", folder, folder+"/a.xlsx").CombinedOutput()
	if err != nil {
		p.Fatalf("%v: %s", err, said)
	}
	made, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil || len(made) != 1 {
		p.Fatalf("%v, %v: %s", made, err, said)
	}
	table, err := os.ReadFile(made[0])
	if err != nil {
		p.Fatal(err)
	}
	return cells(p.T, string(table))
}

// cells are those of a CSV file.
func cells(t *testing.T, table string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestFilesHaveTypeAndName(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string][2]string{
		"/en/practices.csv": {"text/csv", "exempla.csv"},
		"/el/practices.json?q=%CF%83%CF%87%CE%BF%CE%BB%CE%B5%CE%AF%CE%BF&country=GR": {"application/json", "exempla-scholeio-gr.json"},
		"/ar/practices.geojson?topic=roma":                                           {"application/geo+json", "exempla-roma.geojson"},
		"/en/practices.xlsx?country=DE":                                              {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "exempla-de.xlsx"},
		"/en/practices.csv?q=" + strings.Repeat("long+", 30) + "x":                   {"text/csv", "exempla-" + strings.Repeat("long-", 14) + "lo.csv"},
		"/en/practices.pdf?topic=roma":                                               {"application/pdf", "exempla-roma.pdf"},
		"/en/practices.atom":                                                         {"application/atom+xml", ""},
	} {
		p := s.visit(path)
		kind, _, err := mime.ParseMediaType(p.header.Get("Content-Type"))
		_, name, _ := mime.ParseMediaType(p.header.Get("Content-Disposition"))
		if err != nil || kind != want[0] || name["filename"] != want[1] {
			t.Errorf("%s is %q named %q", path, kind, name["filename"])
		}
	}
}

// The feed is read by a reader of others: ids that last, the latest first, each with
// its language and a link to its page.
func TestFeed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range exported {
		p := s.visit("/fr/practices.atom" + query)
		feed, err := gofeed.NewParser().ParseString(p.body)
		if err != nil {
			t.Fatalf("%s: %v", p.path, err)
		}
		want := min(len(s.onPages("/fr/practices"+query)), 100)
		if feed.FeedType != "atom" || feed.Language != "fr" || feed.UpdatedParsed == nil || len(feed.Items) != want || len(feed.Authors) == 0 {
			t.Errorf("%s: %s in %q, updated %q, %d entries, want %d", p.path, feed.FeedType, feed.Language, feed.Updated, len(feed.Items), want)
		}
		if feed.Link != origin+"/fr/practices"+query || feed.FeedLink != origin+p.path {
			t.Errorf("%s: links to %s and %s", p.path, feed.Link, feed.FeedLink)
		}
		ids := map[string]bool{}
		for i, item := range feed.Items {
			if item.Title == "" || item.Description == "" || item.UpdatedParsed == nil || ids[item.GUID] || !strings.HasPrefix(item.GUID, "tag:exempla.example,2026:fr/practice/") {
				t.Errorf("%s: entry %+v", p.path, item)
			}
			ids[item.GUID] = true
			if i > 0 && item.UpdatedParsed.After(*feed.Items[i-1].UpdatedParsed) {
				t.Errorf("%s: %s is later than the entry before", p.path, item.Link)
			}
			if i == 0 {
				s.visit(strings.TrimPrefix(item.Link, origin))
			}
		}
	}
}

// The map follows RFC 7946: longitude first, within bounds, or no place at all; it has
// every practice of the list.
func TestMapOfAList(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range exported {
		p := s.visit("/en/practices.geojson" + query)
		var found struct {
			Type     string
			Features []struct {
				Type, ID string
				Geometry *struct {
					Type        string
					Coordinates []float64
				}
				Properties struct {
					Name, Country string
					Practices     []struct{ Title, URL string }
				}
			}
		}
		if err := json.Unmarshal([]byte(p.body), &found); err != nil || found.Type != "FeatureCollection" || found.Features == nil {
			t.Fatalf("%s: %v: %.200s", p.path, err, p.body)
		}
		slugs := map[string]bool{}
		for _, f := range found.Features {
			if f.Type != "Feature" || f.ID == "" || f.Properties.Name == "" || len(f.Properties.Practices) == 0 {
				t.Errorf("%s: %+v", p.path, f)
			}
			if g := f.Geometry; g != nil && (g.Type != "Point" || len(g.Coordinates) != 2 || g.Coordinates[0] < -180 || g.Coordinates[0] > 180 || g.Coordinates[1] < -90 || g.Coordinates[1] > 90) {
				t.Errorf("%s: %s lies at %v", p.path, f.ID, g)
			}
			if f.Properties.Name == "Ioannina" && (f.Geometry == nil || f.Geometry.Coordinates[0] > 21 || f.Geometry.Coordinates[1] < 39) {
				t.Errorf("Ioannina lies at %v", f.Geometry)
			}
			for _, one := range f.Properties.Practices {
				slugs[one.URL[strings.LastIndex(one.URL, "/")+1:]] = true
			}
		}
		if want := s.onPages("/en/practices" + query); len(slugs) != len(want) {
			t.Errorf("%s: %d practices, want %d", p.path, len(slugs), len(want))
		}
	}
}

// Whoever has a file or only asks about it costs no look at the database.
func TestKnownFilesAreCheap(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	for _, format := range []string{"pdf", "csv", "xlsx", "json", "geojson", "atom"} {
		path := "/en/practices." + format + "?country=GR"
		head := s.send(http.MethodHead, path)
		head.is(http.StatusOK)
		if head.body != "" || head.header.Get("Content-Type") == "" {
			t.Errorf("HEAD %s: %q, %q", path, head.header, head.body)
		}
		s.get(path, "If-None-Match", head.header.Get("ETag")).is(http.StatusNotModified)
	}
	s.get("/en/practices.csv").is(http.StatusServiceUnavailable)
	if p := s.visit("/en/practices.geojson"); p.header.Get("ETag") == "" {
		t.Error("the map cannot be kept")
	}
}

// One list has one address.
func TestFilesHaveOneAddress(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.get("/en/practices.csv?topic=&country=GR&page=2").leads(http.StatusFound, "/en/practices.csv?country=GR")
	s.get("/en/practices.doc").is(http.StatusNotFound)
	s.get("/xx/practices.csv").is(http.StatusNotFound)
}

// The page leads to each file with the number of rows that are in it.
func TestPageLeadsToFiles(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range exported {
		p := s.visit("/en/practices" + query)
		links := slices.DeleteFunc(all(p.doc, "#take a"), func(a *html.Node) bool { return attr(a, "rel") != "" }) // what embeds the list is no file
		total := len(s.onPages("/en/practices" + query))
		if total == 0 {
			p.lacks("#take")
			continue
		}
		if len(links) != 6 {
			t.Fatalf("%s: %d links", p.path, len(links))
		}
		for _, a := range links {
			want := total
			if strings.Contains(attr(a, "href"), ".atom") {
				want = min(total, 100)
			}
			if !strings.HasSuffix(text(a), " "+strconv.Itoa(want)+" practices") && want != 1 {
				t.Errorf("%s: %q, want %d", p.path, text(a), want)
			}
			s.visit(attr(a, "href"))
		}
		if got := attr(p.one("link[type=application/atom+xml]"), "href"); got != "/en/practices.atom"+query {
			t.Errorf("%s: the feed is at %s", p.path, got)
		}
	}
}

// A practice that is translated into a new language while a file is written does not
// break it off: the table has the columns with which it began.
func TestFileKeepsItsLanguages(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	want := cells(t, s.visit("/en/practices.csv").body)
	meanwhile, err := pgx.Connect(t.Context(), testdb.URL(t, s.Store))
	if err != nil {
		t.Fatal(err)
	}
	defer meanwhile.Close(context.Background())
	_, err = meanwhile.Exec(t.Context(), `begin; lock table practice in access exclusive mode;
		insert into practice_text (practice, position, language, state, title, title_language, summary)
		select number, 9, 'sw', 'human', 'Kichwa', 'sw', 'Muhtasari' from practice where slug = '`+ioannina+`'`)
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan page)
	go func() { written <- s.visit("/en/practices.csv") }()
	for testdb.Count(t, s.Store, `select count(*) from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`) == 0 {
		if t.Context().Err() != nil {
			t.Fatal("the file does not wait for the practices")
		}
	}
	if _, err := meanwhile.Exec(t.Context(), `commit`); err != nil {
		t.Fatal(err)
	}
	got := cells(t, (<-written).body)
	if len(got) != len(want) || !slices.Equal(got[0], want[0]) {
		t.Errorf("%d rows with %d columns, want %d with %d", len(got), len(got[0]), len(want), len(want[0]))
	}
	if next := cells(t, s.visit("/en/practices.csv").body); !slices.Contains(next[0], "texts.sw.title") {
		t.Error("the next file lacks the new language")
	}
}

// Browsers that take it get files compressed, and they are the same.
func TestFilesAreCompressed(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	plain := s.visit("/en/practices.csv?country=GR")
	zipped := s.get("/en/practices.csv?country=GR", "Accept-Encoding", "gzip")
	if zipped.header.Get("Content-Encoding") != "gzip" || len(zipped.body) > len(plain.body)/2 || unpacked(t, zipped) != plain.body {
		t.Errorf("%d bytes of %d, %q", len(zipped.body), len(plain.body), zipped.header)
	}
}
