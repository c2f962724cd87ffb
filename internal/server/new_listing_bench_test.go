package server_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/generate"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/sample"
	"exempla/internal/server"
	"exempla/internal/store"
)

// BenchmarkNewListing asks for a selection that nobody has asked for before, among
// ten thousand practices, compressed, through the router.
func BenchmarkNewListing(b *testing.B) {
	addresses := newSelections()
	for name, words := range map[string]string{"filters": "", "words and filters": "q=integration&"} {
		b.Run(name, func(b *testing.B) {
			handler := many(b).Handler()
			sent, asked := 0, 0
			b.ReportAllocs()
			for b.Loop() {
				if asked > 0 && asked%len(addresses) == 0 {
					handler = many(b).Handler() // with nothing kept
				}
				r := httptest.NewRequest(http.MethodGet, link.Catalogue("en")+"?"+words+addresses[asked%len(addresses)], nil)
				r.Header.Set("Accept-Encoding", "gzip")
				w := discard{header: http.Header{}}
				handler.ServeHTTP(&w, r)
				if w.status > http.StatusOK {
					b.Fatalf("%s: status %d", r.RequestURI, w.status)
				}
				sent += w.size
				asked++
			}
			b.ReportMetric(float64(sent)/float64(asked), "sent/op")
		})
	}
}

// newSelections are the queries of two topics in two countries, with or without a
// year, in an order in which
// similar ones do not follow one another.
func newSelections() []string {
	countries := []practice.Country{"CA", "CH", "DE", "ES", "GB", "IT", "NO", "NZ", "PT", "UA"}
	var list []string
	for i, topic := range practice.Topics {
		for _, other := range practice.Topics[:i] {
			for j, country := range countries {
				for _, another := range countries[:j] {
					s := catalogue.Parse(nil).Only(catalogue.Topic, string(topic), string(other)).Only(catalogue.Country, string(country), string(another))
					list = append(list, s.Query())
					for year := 2012; year <= 2022; year++ {
						list = append(list, s.Only(catalogue.Year, strconv.Itoa(year)).Query())
					}
				}
			}
		}
	}
	const stride = 7919 // a prime, so that each is met once
	mixed := make([]string, len(list))
	for i := range list {
		mixed[i] = list[i*stride%len(list)]
	}
	return mixed
}

var manyPractices = sync.OnceValue(func() *catalogue.Index {
	samples, err := sample.Practices()
	if err != nil {
		panic(err)
	}
	maker, err := generate.New(samples, 1)
	if err != nil {
		panic(err)
	}
	practices := make([]practice.Practice, 10_000)
	for i := range practices {
		practices[i] = maker.Practice(i)
		practices[i].Number = int64(i + 1)
	}
	x := catalogue.NewIndex(practices, 1, today)
	x.Learn()
	return x
})

// many is a server with ten thousand practices in memory and no database.
func many(b *testing.B) *server.Server {
	b.Helper()
	away, err := store.Open(b.Context(), "postgres://exempla@127.0.0.1:1/nothing?sslmode=disable")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(away.Close)
	return server.New(server.Config{Site: origin, Build: "test", Catalogue: catalogue.New(manyPractices()), Store: away,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: func() time.Time { return today }})
}

// discard counts what is written to it.
type discard struct {
	header       http.Header
	status, size int
}

func (d *discard) Header() http.Header    { return d.header }
func (d *discard) WriteHeader(status int) { d.status = status }
func (d *discard) Write(p []byte) (int, error) {
	d.size += len(p)
	return len(p), nil
}
