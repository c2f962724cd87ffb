package browser

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// console collects what the pages of a tab report: errors and warnings, the hosts
// that they asked, and how much came over the wire.
type console struct {
	sync.Mutex
	complaints []string
	failed     map[string]string // address of something that did not load → complaint
	documents  map[string]bool   // addresses of pages, as opposed to their parts
	hosts      map[string]string // host → first address there
	waiting    map[network.RequestID]bool
	received   float64 // bytes
}

// event takes in one event of the browser.
func (c *console) event(event any) {
	c.Lock()
	defer c.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			c.complaints = append(c.complaints, fmt.Sprintf("console: %s", words(e.Args)))
		}
	case *runtime.EventExceptionThrown:
		c.complaints = append(c.complaints, "exception: "+thrown(e.ExceptionDetails))
	case *log.EventEntryAdded:
		c.entry(e.Entry)
	case *network.EventRequestWillBeSent:
		c.request(e)
	case *network.EventLoadingFinished:
		delete(c.waiting, e.RequestID)
		c.received += e.EncodedDataLength
	case *network.EventLoadingFailed:
		delete(c.waiting, e.RequestID)
	}
}

// entry takes in a line of the browser's own log. A page that answers with an
// error is logged as a resource that did not load; a test that opens one means to.
func (c *console) entry(e *log.Entry) {
	text := fmt.Sprintf("%s: %s %s", e.Source, e.Text, e.URL)
	switch {
	case e.Source == log.EntrySourceNetwork:
		set(&c.failed, e.URL, text)
	case e.Level == log.EntryLevelError || e.Level == log.EntryLevelWarning:
		c.complaints = append(c.complaints, text)
	}
}

func (c *console) request(e *network.EventRequestWillBeSent) {
	address, err := url.Parse(e.Request.URL)
	if err != nil || !strings.HasPrefix(address.Scheme, "http") && !strings.HasPrefix(address.Scheme, "ws") {
		return // data: and the like make no request
	}
	set(&c.waiting, e.RequestID, true)
	set(&c.hosts, address.Host, e.Request.URL)
	if e.Type == network.ResourceTypeDocument {
		set(&c.documents, e.Request.URL, true)
	}
}

// problems lists what no page may do: complain in the console, refer to something
// that does not load, or make requests to more than one host.
func (c *console) problems() []string {
	c.Lock()
	defer c.Unlock()
	var list []string
	for _, complaint := range c.complaints {
		list = append(list, "a page complained: "+complaint)
	}
	for address, complaint := range c.failed {
		if !c.documents[address] {
			list = append(list, "a page complained: "+complaint)
		}
	}
	if len(c.hosts) > 1 {
		list = append(list, fmt.Sprintf("pages asked more than one host: %v", c.hosts))
	}
	return list
}

// Received waits until every request is answered, and returns how many bytes have
// come over the wire since the tab was opened, headers included.
func (tab *Tab) Received() int {
	tab.t.Helper()
	var total float64
	tab.until("all answers", func(_ context.Context) bool {
		tab.console.Lock()
		defer tab.console.Unlock()
		total = tab.console.received
		return len(tab.console.waiting) == 0
	})
	return int(total)
}

func words(arguments []*runtime.RemoteObject) string {
	var list []string
	for _, argument := range arguments {
		list = append(list, argument.Description+string(argument.Value))
	}
	return strings.Join(list, " ")
}

func thrown(details *runtime.ExceptionDetails) string {
	if details.Exception != nil {
		return details.Text + " " + details.Exception.Description
	}
	return details.Text
}

// set puts a value into a map, which it makes if need be.
func set[K comparable, V any](to *map[K]V, key K, value V) {
	if *to == nil {
		*to = map[K]V{}
	}
	(*to)[key] = value
}
