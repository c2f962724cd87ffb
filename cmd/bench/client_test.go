package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
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
	for range requestsPerReader / 2 {
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

// speaking is a client of a server that answers everything with the same bytes
// and hangs up.
func speaking(t *testing.T, answer string) (*client, <-chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 1)
	go func() {
		defer close(asked)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		request := make([]byte, 4<<10)
		n, _ := conn.Read(request)
		asked <- string(request[:n])
		io.WriteString(conn, answer)
	}()
	c, err := dial(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.conn.Close(); listener.Close() })
	return c, asked
}

func TestClientRefusesWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"nothing":           "",
		"another protocol":  "SSH-2.0-OpenSSH_9.2p1\r\n",
		"a short line":      "HTTP/1.1 2\r\n",
		"no end of headers": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
		"no number":         "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
		"half a body":       "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nok",
		"no size of chunk":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		"half a chunk":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nok",
		"no last chunk":     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
	} {
		c, _ := speaking(t, answer)
		if r, err := c.ask("/", ""); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestClientSendsOneRequest(t *testing.T) {
	t.Parallel()
	c, asked := speaking(t, "HTTP/1.1 204 No Content\r\n\r\n")
	if r, err := c.ask("/en/practices?q=a", `W/"tag"`); err != nil || r.status != 204 || r.length != 0 || r.zipped {
		t.Errorf("%+v, %v", r, err)
	}
	request, err := http.ReadRequest(bufio.NewReader(strings.NewReader(<-asked)))
	if err != nil {
		t.Fatal(err)
	}
	if request.Method != "GET" || request.URL.RequestURI() != "/en/practices?q=a" || request.Header.Get("Accept-Encoding") != "gzip" ||
		request.Header.Get("If-None-Match") != `W/"tag"` || net.ParseIP(request.Header.Get("X-Forwarded-For")) == nil {
		t.Errorf("%s %s %v", request.Method, request.URL, request.Header)
	}
}
