package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/config"
	"exempla/internal/journal"
	"exempla/internal/link"
	"exempla/internal/server"
	"exempla/internal/server/machine"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/theme"
)

// shutdownTimeout is how long running requests may still take when the program is
// asked to stop.
const shutdownTimeout = 10 * time.Second

// maxStale is how long a page may be served from before the last change. Changes
// must be visible everywhere within a second, including the time to get there.
const maxStale = 800 * time.Millisecond

type serveCommand struct{ config.Serve }

// Run serves the site until the context ends.
func (c *serveCommand) Run(ctx context.Context) error {
	if err := checked(append(c.Check(), tried(c.Serve)...)); err != nil {
		return err
	}
	log, flush := journal.Open(c.LogFormat)
	defer flush()
	warnOfUnknown()
	// Listen first: if the address is in use, nothing else should start.
	address, _ := c.Addresses()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w; another address can be set with EXEMPLA_LISTEN", err)
	}
	defer listener.Close()
	operation, endOperation, err := c.operation(ctx)
	if err != nil {
		return err
	}
	defer endOperation()
	db, err := openDatabase(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	defer background(ctx, db.keep)()
	files, err := openFiles(ctx, c.Files, c.Database)
	if err != nil {
		return err
	}
	defer files.Close()
	x, waits, err := c.prepareOrWait(ctx, db)
	if err != nil {
		return err
	}
	site := c.site(listener)
	live := catalogue.New(x)
	look, endFollowing := follow(ctx, db, live)
	defer endFollowing()
	self := store.Node{Name: nodeName(listener.Addr()), Version: version, Build: build()}
	defer background(ctx, func(ctx context.Context) { report(ctx, db.Store, live, self) })()
	post, err := c.mailDelivery(site, log)
	if err != nil {
		return err
	}
	// Requests end first, then running jobs, then the follower.
	endJobs, err := c.startJobs(ctx, waits, jobNeeds{db, files, mailNeeds{db.Store, live, look, site, log, post}})
	if err != nil {
		return err
	}
	defer endJobs()
	settings := server.Config{Site: site, By: server.Publisher{Name: c.Publisher.Publisher, Contact: c.Contact, Enforcement: c.Enforcement,
		EnforcementURL: c.EnforcementURL}, Security: machine.Security{Contact: c.SecurityContact, Policy: c.SecurityPolicy}, Licence: c.Licence, Version: self.Version, Build: self.Build, Catalogue: live, Theme: look, Store: db.Store, Files: files, Log: log, Now: time.Now, ReviewDays: c.ReviewDays,
		Traces: c.Traces != "", Proxies: c.Proxies, PageLimit: c.PageLimit, Linger: maxStale, SharedAge: time.Duration(c.SharedAge) * time.Second,
		Desk: submission.Settings{SecondApproval: c.SecondApproval}, Outbox: post.outbox, MailWaits: post.sender == nil, Provider: c.provider(site), Backups: c.Backup != "", Disk: diskOfFiles(c.Serve), Certificate: c.certificateTrouble(db.Reading().Certificates)}
	listener, endRedirect, err := c.secure(listener, db.Reading().Certificates)
	if err != nil {
		return err
	}
	defer endRedirect()
	db.Limit(store.PageTime) // from now on people wait
	web := server.New(settings)
	web.Operate(operation)
	// The listener already accepts connections; they wait until they are served.
	fmt.Printf("Exempla is ready at %s\n", site)
	if c.Demo {
		fmt.Print(demoAccountsText(ctx, db.Store))
	}
	return serve(ctx, web, listener, time.Duration(c.Drain)*time.Second)
}

// follow keeps the catalogue in memory and the theme of the site in step with the database.
// The follower holds a connection, so it must end before the store closes.
func follow(ctx context.Context, db *database, live *catalogue.Catalogue) (look *theme.Current, end func()) {
	look = &theme.Current{}
	if err := db.Reading().Themes.Refresh(ctx, look); err != nil {
		slog.Warn("the theme of the site cannot be read yet", "error", err)
	}
	go learnWords(live.Index())
	return look, background(ctx, func(ctx context.Context) { db.Reading().Practices.Follow(ctx, live, look, time.Now) })
}

// provider is where people of the site can sign in besides; nil if none is configured.
func (c *serveCommand) provider(site link.Site) *signin.Provider {
	if c.Issuer == "" {
		return nil
	}
	return signin.NewProvider(signin.ProviderSettings{Issuer: c.Issuer, Client: c.Client, Secret: c.Secret, Return: site.Absolute(link.ProviderReturn)})
}

// diskOfFiles looks at the disk of uploaded files; nil if they are in a bucket.
func diskOfFiles(s config.Serve) func() (free, size int64, ok bool) {
	place, err := filesPlace(s.Files, s.Database)
	if err != nil || config.IsBucket(place) {
		return nil
	}
	return diskOf(place)
}

// background runs work. The function that it returns ends the work's context, and waits
// for its end.
func background(ctx context.Context, work func(context.Context)) (end func()) {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work(ctx)
	}()
	return func() { stop(); <-ended }
}

// operation sends traces, and serves metrics, health and profiles on the operator's
// address, each if it is set.
// It starts before everything else so that a slow start can be examined; the site adds
// its part to the returned routes. The log has the actual address, for port 0.
func (c *serveCommand) operation(ctx context.Context) (routes *http.ServeMux, end func(), err error) {
	routes = server.OperationHandler()
	endTraces, err := startTraces(ctx, c.Traces)
	if err != nil {
		return nil, nil, err
	}
	if c.OpsListen == "" {
		return routes, endTraces, nil
	}
	listener, err := net.Listen("tcp", c.OpsListen)
	if err != nil {
		endTraces()
		return nil, nil, fmt.Errorf("listen: %w; another address can be set with EXEMPLA_OPS_LISTEN", err)
	}
	slog.Info("metrics and profiles are served", "address", listener.Addr().String())
	front := &http.Server{Handler: routes, ReadHeaderTimeout: shutdownTimeout}
	go front.Serve(listener) // ends when it is closed
	return routes, func() { front.Close(); endTraces() }, nil
}

// site returns the public URL of the site: the configured one, otherwise localhost
// with the actual port.
func (c *serveCommand) site(listener net.Listener) link.Site {
	if c.PublicURL != "" {
		return link.Site(c.PublicURL)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return link.Site("http://localhost:" + port)
}

// serve serves requests until ctx is done. Then it goes on for the time of drain, in which
// balancers look, and lets running requests finish.
func serve(ctx context.Context, web *server.Server, listener net.Listener, drain time.Duration) error {
	front := web.HTTP()
	var served atomic.Int64
	handler := front.Handler
	front.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(w, r)
		served.Add(1)
	})
	failed := make(chan error, 1)
	go func() { failed <- front.Serve(listener) }()
	if web.Outbox != nil {
		fmt.Printf("Mails are not sent but shown at %s\n", web.Site.Absolute(link.DevMail))
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	asked, before := time.Now(), served.Load()
	slog.Info("the program is asked to stop", "cause", context.Cause(ctx), "drain", drain)
	web.Leave()
	time.Sleep(drain)
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := front.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
		slog.Warn("some requests were cut off", "error", err)
	}
	slog.Info("no more requests are served", "took", time.Since(asked).Round(time.Millisecond), "served_meanwhile", served.Load()-before)
	return nil
}

// build identifies this build by the content of the executable, so that all nodes
// that run the same one give their pages the same tags. The version alone stays the
// same during development.
func build() string {
	name, err := os.Executable()
	if err != nil {
		return version
	}
	file, err := os.Open(name) // #nosec G304 -- this program
	if err != nil {
		return version
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return version
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8])
}
