package server_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/web/page/figure"
)

// Each bar and each cell leads to a listing with as many practices as it says.
func TestFiguresSayWhatTheirLinksFind(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"", "?country=GR", "?q=school&topic=education&topic=refugees", "?year=2015&year=2016"} {
		p := s.visit("/en/facts" + query)
		links := append(all(p.doc, "svg.chart a"), all(p.doc, ".heat a")...)
		if len(links) < 20 {
			t.Fatalf("%s has %d links", p.path, len(links))
		}
		for i, a := range links {
			if i%7 > 0 {
				continue // every seventh, for the sake of time
			}
			said := attr(a, "aria-label")
			count := s.visit(attr(a, "href"))
			number, _, _ := strings.Cut(text(count.one("#count")), " ")
			if !strings.HasSuffix(said, ", "+number) && !strings.HasPrefix(said, number+" – ") {
				t.Errorf("%s: %q leads to %s practices", p.path, said, number)
			}
		}
		if len(p.body) > 200_000 {
			t.Errorf("%s has %d bytes", p.path, len(p.body))
		}
	}
}

func TestFiguresCountWhatTheSampleHas(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	begun, impact := map[int]int{}, 0
	for _, p := range known(t) {
		begun[p.Period.Start.Year]++
		if p.Texts[0].Sections[practice.Impact] != "" {
			impact++
		}
	}
	p := s.visit("/en/facts")
	p.says("main", "Practices that describe their impact: "+strconv.Itoa(impact)+" (")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.visit("/en/facts/year.csv").body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if year, err := strconv.Atoi(row[0]); err == nil && row[2] != strconv.Itoa(begun[year]) {
			t.Errorf("%d: %s began, want %d", year, row[2], begun[year])
		}
	}
}

// Files hold the same selection in every language, and are read by others.
func TestFiguresAreTakenAway(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	greece := catalogue.Parse(nil).Only(catalogue.Country, "GR")
	for _, tag := range []string{"en", "ar"} {
		for _, name := range figure.Names {
			picture := s.visit(link.Figure(tag, name, "svg", greece))
			decoder := xml.NewDecoder(strings.NewReader(picture.body))
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", picture.path, err)
				}
			}
			if picture.header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(picture.body, "<title>") {
				t.Errorf("%s: %v", picture.path, picture.header)
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.visit(link.Figure(tag, name, "csv", greece)).body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) < 3 {
				t.Errorf("%s: %d rows, %v", name, len(rows), err)
			}
		}
	}
	s.get("/en/facts/no-figure.csv").is(http.StatusNotFound)
	s.get("/en/facts?page=2&sort=title").leads(http.StatusFound, "/en/facts")
}
