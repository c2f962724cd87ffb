package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// collected is what a collector of OpenTelemetry got.
type collected struct {
	sync.Mutex
	spans []*trace.Span
	words strings.Builder // all of it, as text
}

func (c *collected) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var request collector.ExportTraceServiceRequest
	if r.URL.Path != "/v1/traces" || proto.Unmarshal(body, &request) != nil {
		http.Error(w, "no traces", http.StatusBadRequest)
		return
	}
	c.Lock()
	defer c.Unlock()
	c.words.WriteString(request.String())
	for _, resource := range request.ResourceSpans {
		for _, scope := range resource.ScopeSpans {
			c.spans = append(c.spans, scope.Spans...)
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// Requests can be followed to the questions that they ask the database, and nobody is
// recognised by it.
func TestTracesLeadToTheDatabase(t *testing.T) {
	t.Parallel()
	var got collected
	server := httptest.NewServer(&got)
	defer server.Close()
	p := start(t, "EXEMPLA_TRACES="+server.URL, "serve", "--demo")
	// Nobody outside decides what is traced: this parent says that it is not sampled.
	request, _ := http.NewRequest(http.MethodGet, p.address+"/en/practices/urban-response-coordination-ioannina", nil)
	request.Header.Set("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00")
	request.Header.Set("User-Agent", "a-browser-of-somebody")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	fetch(t, p.address+"/en/practices?q=a-word-of-somebody")
	signInTo(t, p, "editor@example.org")
	p.end()

	got.Lock()
	defer got.Unlock()
	at := slices.IndexFunc(got.spans, func(s *trace.Span) bool { return s.Name == "GET /{language}/practices/{slug}" })
	if at < 0 {
		t.Fatalf("no span of a practice page: %v", got.spans)
	}
	page := got.spans[at]
	if page.Kind != trace.Span_SPAN_KIND_SERVER || len(page.ParentSpanId) > 0 {
		t.Errorf("the span of a request is %v", page)
	}
	if !strings.Contains(page.String(), answer.Header.Get("X-Request-Id")) {
		t.Errorf("a span does not name its request in the log: %v", page)
	}
	asked := slices.ContainsFunc(got.spans, func(s *trace.Span) bool {
		return bytes.Equal(s.TraceId, page.TraceId) && s.Kind == trace.Span_SPAN_KIND_CLIENT && strings.Contains(s.String(), "select")
	})
	if !asked {
		t.Errorf("the page asked the database nothing: %v", got.spans)
	}
	if !slices.ContainsFunc(got.spans, func(s *trace.Span) bool { return s.Name == "POST /{language}/sign-in" }) {
		t.Error("no span of signing in")
	}
	for _, word := range []string{"a-word-of-somebody", "a-browser-of-somebody", "editor@example.org", "127.0.0.1", "ioannina"} {
		if strings.Contains(got.words.String(), word) {
			t.Errorf("traces have %q", word)
		}
	}
}

// A collector that is not there costs no page.
func TestLostTracesCostNoPage(t *testing.T) {
	t.Parallel()
	p := start(t, "EXEMPLA_TRACES=http://"+freeAddress(t), "serve", "--demo")
	if answer, _ := fetch(t, p.address+"/en/practices"); answer.StatusCode != http.StatusOK {
		t.Error(answer.Status)
	}
	p.end()
	wantMentions(t, p.log.String(), "something is wrong with traces")
}
