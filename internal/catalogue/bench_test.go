package catalogue_test

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

var countriesOfAll, languagesOfAll = practice.Countries(), practice.Languages()

// synthetic is a practice with texts of the usual size.
func synthetic(number int64) practice.Practice {
	r := uint64(number)*0x9E3779B97F4A7C15 ^ uint64(number)>>3*0xC2B2AE3D27D4EB4F
	draw := func(n uint64) uint64 { // a small generator, so that a number always gives the same practice
		r ^= r << 13
		r ^= r >> 7
		r ^= r << 17
		return r % n
	}
	words := func(size int) string {
		text := make([]byte, 0, size+12)
		for len(text) < size {
			text = append(text, []string{"people ", "of ", "the city ", "neighbours ", "meet ", "language ", "young ", "work "}[draw(8)]...)
		}
		return string(text)
	}
	p := practice.Practice{Number: number, Slug: fmt.Sprintf("%s-%d", practice.Slugify(words(30)), number), Licence: "CC BY 4.0",
		Topics: []practice.Topic{practice.Topics[draw(22)], practice.Topics[draw(22)]}, Revision: 1, Updated: time.Unix(1_700_000_000, 0),
		Source: practice.Source{Name: "Council of Europe", URL: fmt.Sprintf("https://www.example.org/practices/%d", number)}}
	country := countriesOfAll[min(draw(60), draw(60))]
	p.Place = practice.Place{Countries: []practice.Country{country},
		Cities: []practice.City{{Country: country, Name: fmt.Sprintf("City %d", draw(2000)), Latitude: 40, Longitude: 20, Located: true}}}
	if start := int(2025 - min(draw(30), draw(30))); draw(5) > 0 {
		p.Period = practice.Period{Start: practice.Date{Year: start, Month: time.Month(draw(13))}, End: practice.Date{Year: start + int(draw(6))}, Ongoing: draw(4) == 0}
	}
	for _, language := range []practice.Language{"en", languagesOfAll[min(draw(30), draw(30))]}[:1+draw(2)] {
		p.Texts = append(p.Texts, practice.Text{Language: language, State: practice.Original, Title: words(55), TitleLanguage: language, Summary: words(300)})
	}
	if len(p.Texts) == 2 && p.Texts[1].Language == "en" {
		p.Texts = p.Texts[:1]
	}
	return p
}

// sizes are the catalogues that benchmarks are run with.
var sizes = []int{10_000, 100_000, 1_000_000}

var built = map[int]func() *catalogue.Index{}

func init() {
	for _, size := range sizes {
		built[size] = sync.OnceValue(func() *catalogue.Index {
			var b catalogue.Builder
			for number := range size {
				p := synthetic(int64(number + 1))
				b.Add(&p)
			}
			return b.Index(1, days[1])
		})
	}
}

func each(b *testing.B, run func(b *testing.B, x *catalogue.Index)) {
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			x := built[size]()
			runtime.GC()
			b.ResetTimer()
			b.ReportAllocs()
			run(b, x)
		})
	}
}

func BenchmarkFind(b *testing.B) {
	few, many := wordHits{Tiers: [][]int64{nil, nil}}, wordHits{Tiers: [][]int64{nil, nil, nil, nil}}
	for i := range int64(200) {
		few.Tiers[i%2] = append(few.Tiers[i%2], i*47+1)
	}
	for i := range int64(200_000) {
		many.Tiers[i%4] = append(many.Tiers[i%4], (i*7919)%1_000_000+1)
	}
	for _, c := range []struct {
		name, query string
		hits        wordHits
	}{
		{"everything", "", wordHits{}},
		{"deep", "page=40000", wordHits{}},
		{"topic", "topic=refugees", wordHits{}},
		{"facets", "topic=refugees&topic=roma&country=DE&country=FR&year=2019&year=2020&status=ended", wordHits{}},
		{"oldest", "topic=refugees&sort=oldest&page=200", wordHits{}},
		{"words", "q=x", few},
		{"manywords", "q=x", many},
		{"manywordsdeep", "q=x&page=5000", many},
		{"manywordsfacet", "q=x&topic=refugees", many},
	} {
		b.Run(c.name, func(b *testing.B) {
			each(b, func(b *testing.B, x *catalogue.Index) {
				hits := c.hits.of(x)
				b.ResetTimer()
				for b.Loop() {
					x.Find(parse(c.query), hits, english)
				}
			})
		})
	}
}

var english = func() catalogue.Reader {
	l, _ := locale.Find("en")
	return catalogue.Reader{Language: "en", SortKey: l.SortKey, Country: func(c practice.Country) string { return l.Country(string(c)) }}
}()

// BenchmarkWith takes one change in while many others wait to be folded.
func BenchmarkWith(b *testing.B) {
	each(b, func(b *testing.B, x *catalogue.Index) {
		x.Find(parse("sort=title"), catalogue.Hits{}, english)
		for i := range int64(500) {
			p := synthetic((i*1999)%int64(x.Size()) + 1)
			x = x.With([]practice.Practice{p}, nil, 2+i)
		}
		p := synthetic(77)
		for b.Loop() {
			x.With([]practice.Practice{p}, nil, 10_000)
		}
	})
}

// BenchmarkMemory isRelated the bytes that a practice takes.
func BenchmarkMemory(b *testing.B) {
	for _, size := range sizes[:2] {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				var built catalogue.Builder
				for number := range size {
					p := synthetic(int64(number + 1))
					built.Add(&p)
				}
				x := built.Index(1, days[1])
				runtime.GC()
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(size), "B/practice")
				runtime.KeepAlive(x)
			}
		})
	}
}

// BenchmarkFold is what the background does when many changes wait.
func BenchmarkFold(b *testing.B) {
	each(b, func(b *testing.B, x *catalogue.Index) {
		x.Find(parse("sort=title"), catalogue.Hits{}, english)
		for i := range int64(512) {
			p := synthetic((i*1999)%int64(x.Size()) + 1)
			x = x.With([]practice.Practice{p}, nil, 2+i)
		}
		for b.Loop() {
			x.Merged()
		}
	})
}

// BenchmarkTurn is what the background does when the date turns.
func BenchmarkTurn(b *testing.B) {
	each(b, func(b *testing.B, x *catalogue.Index) {
		for b.Loop() {
			x.On(days[2])
		}
	})
}

// BenchmarkSort is what the first reader pays who wants an order by title.
func BenchmarkSort(b *testing.B) {
	each(b, func(b *testing.B, x *catalogue.Index) {
		for b.Loop() {
			x.On(days[2]).Find(parse("sort=title"), catalogue.Hits{}, english)
		}
	})
}

// BenchmarkFindWhileChanging asks as often as it can while ten changes a second
// come in and are folded, and isRelated how long the slowest answers took.
func BenchmarkFindWhileChanging(b *testing.B) {
	each(b, func(b *testing.B, x *catalogue.Index) {
		c := catalogue.New(x)
		c.Index().Find(parse("sort=title"), catalogue.Hits{}, english)
		stop, done := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			tick := time.NewTicker(100 * time.Millisecond)
			defer tick.Stop()
			for change := int64(2); ; change++ {
				select {
				case <-stop:
					return
				case <-tick.C:
				}
				// Ten times that, so that some folds fall into a short benchmark.
				var changed []practice.Practice
				for i := range int64(10) {
					changed = append(changed, synthetic((change*10+i)*1999%int64(x.Size())+1))
				}
				c.Change(catalogue.Update{Since: c.Index(), Changed: changed, Change: change})
				go c.Settle(days[1])
			}
		}()
		var took []time.Duration
		queries := []string{"", "topic=refugees", "country=DE&year=2020", "sort=title&page=3", "page=1000"}
		for i := 0; b.Loop(); i++ {
			begin := time.Now()
			c.Index().Find(parse(queries[i%len(queries)]), catalogue.Hits{}, english)
			took = append(took, time.Since(begin))
		}
		close(stop)
		<-done
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs/p99")
		b.ReportMetric(float64(took[len(took)*999/1000].Microseconds()), "µs/p99.9")
		b.ReportMetric(float64(took[len(took)-1].Microseconds()), "µs/max")
	})
}
