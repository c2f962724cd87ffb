package browser

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// pageLog is what a tab has heard of its pages: complaints in the console, which
// hosts were asked, and how much came over the wire.
type pageLog struct {
	sync.Mutex
	complaints []string
	failed     map[string]string // address of something that did not load → complaint
	documents  map[string]bool   // addresses of pages, as opposed to their parts
	hosts      map[string]string // host → first address there
	pending    map[network.RequestID]bool
	received   float64 // bytes
}

// handle hears one event of the browser.
func (r *pageLog) handle(event any) {
	r.Lock()
	defer r.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			r.complaints = append(r.complaints, fmt.Sprintf("console: %s", consoleText(e.Args)))
		}
	case *runtime.EventExceptionThrown:
		r.complaints = append(r.complaints, "exception: "+exceptionText(e.ExceptionDetails))
	case *log.EventEntryAdded:
		r.addLogEntry(e.Entry)
	case *network.EventRequestWillBeSent:
		r.addRequest(e)
	case *network.EventLoadingFinished:
		delete(r.pending, e.RequestID)
		r.received += e.EncodedDataLength
	case *network.EventLoadingFailed:
		delete(r.pending, e.RequestID)
	}
}

// addLogEntry hears a line of the browser's own log. Pages that are errors are logged
// as things that did not load; a test that opens one means it.
func (r *pageLog) addLogEntry(e *log.Entry) {
	text := fmt.Sprintf("%s: %s %s", e.Source, e.Text, e.URL)
	switch {
	case e.Source == log.EntrySourceNetwork:
		set(&r.failed, e.URL, text)
	case e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning:
		r.complaints = append(r.complaints, text)
	}
}

func (r *pageLog) addRequest(e *network.EventRequestWillBeSent) {
	address, err := url.Parse(e.Request.URL)
	if err != nil || !strings.HasPrefix(address.Scheme, "http") && !strings.HasPrefix(address.Scheme, "ws") {
		return // data: and the like ask nobody
	}
	set(&r.pending, e.RequestID, true)
	set(&r.hosts, address.Host, e.Request.URL)
	if e.Type == network.ResourceTypeDocument {
		set(&r.documents, e.Request.URL, true)
	}
}

// failOnComplaints fails the test for what no page may do.
func (r *pageLog) failOnComplaints(t *testing.T) {
	r.Lock()
	defer r.Unlock()
	for address, complaint := range r.failed {
		if !r.documents[address] {
			r.complaints = append(r.complaints, complaint)
		}
	}
	for _, complaint := range r.complaints {
		t.Errorf("a page complained: %s", complaint)
	}
	if len(r.hosts) > 1 {
		t.Errorf("pages asked more than one host: %v", r.hosts)
	}
}

// Received waits until everything asked for has come, and gives how many bytes
// came over the wire since the tab was opened, headers included.
func (tab *Tab) Received() int {
	tab.t.Helper()
	var total float64
	tab.until("all answers", func(_ context.Context) bool {
		tab.log.Lock()
		defer tab.log.Unlock()
		total = tab.log.received
		return len(tab.log.pending) == 0
	})
	return int(total)
}

func consoleText(arguments []*runtime.RemoteObject) string {
	var list []string
	for _, argument := range arguments {
		list = append(list, argument.Description+string(argument.Value))
	}
	return strings.Join(list, " ")
}

func exceptionText(details *runtime.ExceptionDetails) string {
	if details.Exception != nil {
		return details.Text + " " + details.Exception.Description
	}
	return details.Text
}

// set puts a value into a map that may not have been made yet.
func set[K comparable, V any](to *map[K]V, key K, value V) {
	if *to == nil {
		*to = map[K]V{}
	}
	(*to)[key] = value
}
