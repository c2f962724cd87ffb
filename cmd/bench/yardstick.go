package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"

	"exempla/internal/journal"
	"exempla/internal/link"
	"exempla/internal/server"
	"exempla/internal/server/respond"
)

// Kinds of yardsticks: bounds that the site cannot beat.
const (
	bare = "bare" // net/http and the bytes
	same = "same" // the site's own middleware before the bytes
)

// yardsticks are the yardsticks with the names of their questions.
var yardsticks = []struct{ kind, listing, practice string }{
	{bare, bareListing, barePractice},
	{same, sameListing, samePractice},
}

// startYardstick starts this program again as a yardstick, in a process of its own
// like the one that it is compared with.
func startYardstick(ctx context.Context, kind, from string, pages []string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	debug, err := freeAddress()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"yardstick", "--kind", kind, "--from", from, "--debug", debug}, pages...)...)
	p, err := launch(cmd)
	if err == nil {
		p.debug = debug
	}
	return p, err
}

// Yardstick serves pages of a running site from memory.
type Yardstick struct {
	Kind  string   `enum:"bare,same" default:"bare" help:"With nothing around the bytes, or with the site's middleware."`
	From  string   `help:"Host and port of the site."`
	Debug string   `help:"Address for figures."`
	Pages []string `arg:"" help:"Paths of the pages."`
}

// Run fetches the pages and serves them until the context ends.
func (y *Yardstick) Run(ctx context.Context) error {
	pages := map[string]response{}
	for _, path := range y.Pages {
		page, err := fetch(ctx, y.From, path)
		if err != nil {
			return err
		}
		pages[path] = page
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	front := &http.Server{Handler: y.handler(pages), ReadHeaderTimeout: endTime}
	figures := &http.Server{Addr: y.Debug, Handler: server.OperationHandler(), ReadHeaderTimeout: endTime}
	go figures.ListenAndServe() // ends with the process
	failed := make(chan error, 1)
	go func() { failed <- front.Serve(listener) }()
	fmt.Printf("ready at http://%s\n", listener.Addr())
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

// handler answers with the bytes of a page, and behind the middleware with the
// headers that the page's own handler had set as well.
func (y *Yardstick) handler(pages map[string]response) http.Handler {
	own := []string{"Content-Type", "Content-Encoding"}
	if y.Kind == same {
		own = append(own, "Etag", "Cache-Control", "Vary")
	}
	give := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		for _, name := range own {
			h[name] = page.header[name]
		}
		h.Set("Content-Length", strconv.Itoa(len(page.body)))
		w.Write(page.body)
	})
	if y.Kind == bare {
		return give
	}
	log, _ := journal.Open("text") // lines that are not written at the end may be lost
	return server.Around(respond.Config{Site: link.Site("http://" + y.From), Log: log, Now: time.Now, Proxies: 1}, give)
}
