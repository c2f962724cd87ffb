// Package browser drives a real Chromium in tests: it opens pages, clicks and types
// like a person, and records the errors of pages. It knows nothing about this site.
//
// All tests of a process share one browser. Each test gets a tab in its own browser
// context, so that tests share neither storage nor cache.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// browserNames are tried in this order. Chrome comes last because it updates itself,
// and a test run should not change overnight.
var browserNames = []string{"/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"}

// find returns the path of the browser. If CHROMIUM is set, no other is tried, so
// that a misspelt name does not go unnoticed.
func find() (string, error) {
	names := browserNames
	if chosen := os.Getenv("CHROMIUM"); chosen != "" {
		names = []string{chosen}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("none of %q is here; install it with: apt-get install chromium, or name one in CHROMIUM", names)
}

// flags prevent requests to anything but the site, and dialogs.
var flags = []chromedp.ExecAllocatorOption{
	chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.DisableGPU,
	chromedp.Flag("disable-quic", true),
	chromedp.Flag("disable-background-networking", true),
	chromedp.Flag("disable-component-update", true),
	chromedp.Flag("disable-sync", true),
	chromedp.Flag("disable-extensions", true),
	chromedp.Flag("disable-default-apps", true),
	chromedp.Flag("disable-popup-blocking", true),
	chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter"),
	// Shared memory of containers is often too small for a browser.
	chromedp.Flag("disable-dev-shm-usage", true),
	// Tabs of parallel tests cover each other; their timers must keep running.
	chromedp.Flag("disable-background-timer-throttling", true),
	chromedp.Flag("disable-backgrounding-occluded-windows", true),
	chromedp.Flag("disable-renderer-backgrounding", true),
	chromedp.Flag("force-color-profile", "srgb"),
}

// shared is the one browser of the process.
var shared struct {
	sync.Mutex
	tabs  context.Context // parent of all tabs; nil before the first
	close func()
	err   error
}

// start starts the browser on first use and returns the parent context of tabs.
func start() (context.Context, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.tabs != nil || shared.err != nil {
		return shared.tabs, shared.err
	}
	path, err := find()
	if err != nil {
		shared.err = fmt.Errorf("browser: %w", err)
		return nil, shared.err
	}
	options := append(flags, chromedp.ExecPath(path))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // the sandbox does not work for root
	}
	for range startAttempts {
		if shared.tabs, shared.close, shared.err = launch(options); shared.err == nil {
			return shared.tabs, nil
		}
	}
	shared.err = fmt.Errorf("browser: %s does not start: %w", path, shared.err)
	return nil, shared.err
}

// startAttempts limits retries when the browser exits right after its start, as
// Chromium occasionally does on a busy machine.
const startAttempts = 3

func launch(options []chromedp.ExecAllocatorOption) (tabs context.Context, end func(), err error) {
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	// The first context that runs anything owns the browser, so it has no timeout
	// and belongs to no test.
	first, leave := chromedp.NewContext(allocator)
	end = func() { leave(); stop() }
	if err := chromedp.Do(first); err != nil {
		end()
		return nil, nil, err
	}
	return first, end, nil
}

// Close ends the browser if it is running. TestMain calls it after the last test.
func Close() {
	shared.Lock()
	defer shared.Unlock()
	if shared.close == nil {
		return
	}
	shared.close()
	shared.tabs, shared.close, shared.err = nil, nil, errors.New("browser: closed")
}

// Open opens an empty tab that is closed when the test ends. The test fails if a
// page logged an error or warning or sent a request to a second host. It also fails
// if there is no browser; the message says how to install one.
func Open(t *testing.T) *Tab {
	t.Helper()
	tabs, err := start()
	if err != nil {
		t.Fatal(err)
	}
	tab := &Tab{t: t}
	ctx, leave := chromedp.NewContext(tabs, chromedp.WithNewBrowserContext(), chromedp.WithListener(tab.log.handle))
	tab.ctx = ctx
	t.Cleanup(leave)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	tab.Look(View{})
	t.Cleanup(func() { tab.log.failOnComplaints(t) })
	return tab
}
