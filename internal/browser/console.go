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

// pageLog records what the pages of a tab did: console messages, requests to hosts,
// and bytes received.
type pageLog struct {
	sync.Mutex
	complaints []string
	failed     map[string]string // address of something that did not load → complaint
	documents  map[string]bool   // addresses of pages, as opposed to their parts
	hosts      map[string]string // host → first address there
	pending    map[network.RequestID]bool
	received   float64 // bytes
}

// handle records one event of the browser.
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

// addLogEntry records a line of the browser's own log. The browser also logs error
// pages as failed requests; these are set apart because tests open them on purpose.
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
		return // data: and the like send no request
	}
	set(&r.pending, e.RequestID, true)
	set(&r.hosts, address.Host, e.Request.URL)
	if e.Type == network.ResourceTypeDocument {
		set(&r.documents, e.Request.URL, true)
	}
}

// failOnComplaints fails the test for everything that no page may do.
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

// Received waits for all pending requests and returns the number of bytes received
// since the tab was opened, headers included.
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

// set puts a value into a map that may still be nil.
func set[K comparable, V any](to *map[K]V, key K, value V) {
	if *to == nil {
		*to = map[K]V{}
	}
	(*to)[key] = value
}
