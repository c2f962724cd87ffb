package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// The client reads whatever net/http sends, and stays on its connection.
func TestClientReadsAnswers(t *testing.T) {
	t.Parallel()
	var page bytes.Buffer
	zip := gzip.NewWriter(&page)
	fmt.Fprint(zip, strings.Repeat("a page ", 1_000))
	zip.Close()
	var mu sync.Mutex
	senders, connections := map[string]bool{}, map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		senders[r.Header.Get("X-Forwarded-For")], connections[r.RemoteAddr] = true, true
		mu.Unlock()
		switch {
		case r.Header.Get("If-None-Match") == `W/"x"`:
			w.WriteHeader(http.StatusNotModified)
		case r.URL.Path == "/chunks":
			for part := range 3 {
				w.Write(page.Bytes()[part*10 : part*10+10])
				w.(http.Flusher).Flush()
			}
		case r.URL.Path == "/page":
			w.Header().Set("Content-Length", fmt.Sprint(page.Len()))
			w.Write(page.Bytes())
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	c, err := dial(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.conn.Close()
	for range patientReader / 2 {
		for _, asked := range []struct {
			address, tag string
			want         reply
		}{
			{"/page", "", reply{200, page.Len(), true}}, {"/chunks", "", reply{200, 30, true}}, {"/page", `W/"x"`, reply{304, 0, false}},
			{"/none", "", reply{404, len("404 page not found\n"), false}},
		} {
			if got, err := c.ask(asked.address, asked.tag); err != nil || got != asked.want {
				t.Errorf("%s %s: %+v, %v; want %+v", asked.address, asked.tag, got, err, asked.want)
			}
		}
	}
	if len(senders) != 2 || len(connections) != 1 {
		t.Errorf("%d readers on %d connections", len(senders), len(connections))
	}
}
