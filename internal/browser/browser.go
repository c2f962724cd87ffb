// Package browser drives a real Chromium for tests: it opens pages, clicks and
// types as people do, and collects what a page reports to the console. It is a
// tool for tests and knows nothing of this site.
//
// One browser serves all tests of a process; each test gets a tab in a browser
// context of its own, so that they share neither storage nor cache.
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

// usual are the names of the browser, in the order tried. Chrome itself comes
// last: it updates itself, and a test run should not change overnight.
var usual = []string{"/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"}

// find returns the path of the browser. CHROMIUM names one; a wrong name there is
// an error rather than a reason to try others.
func find() (string, error) {
	names := usual
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

// flags keep the browser from contacting any host but the site, and from showing
// dialogs of its own.
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
	// Tabs of parallel tests hide each other; their clocks must go on.
	chromedp.Flag("disable-background-timer-throttling", true),
	chromedp.Flag("disable-backgrounding-occluded-windows", true),
	chromedp.Flag("disable-renderer-backgrounding", true),
	chromedp.Flag("force-color-profile", "srgb"),
}

// running is the one browser of the process.
var running struct {
	sync.Mutex
	tabs  context.Context // parent of all tabs; nil before the first
	close func()
	err   error
}

// start starts the browser unless it runs already.
func start() (context.Context, error) {
	running.Lock()
	defer running.Unlock()
	if running.tabs != nil || running.err != nil {
		return running.tabs, running.err
	}
	path, err := find()
	if err != nil {
		running.err = fmt.Errorf("browser: %w", err)
		return nil, running.err
	}
	options := append(flags, chromedp.ExecPath(path))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // the sandbox does not work for root
	}
	for range mostStarts {
		if running.tabs, running.close, running.err = launch(options); running.err == nil {
			return running.tabs, nil
		}
	}
	running.err = fmt.Errorf("browser: %s does not start: %w", path, running.err)
	return nil, running.err
}

// mostStarts bounds the attempts to start a browser that ends at once, as Chromium
// sometimes does on a busy machine.
const mostStarts = 3

func launch(options []chromedp.ExecAllocatorOption) (tabs context.Context, end func(), err error) {
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	// The first context that runs anything owns the browser, so it has no deadline
	// and belongs to no test.
	first, leave := chromedp.NewContext(allocator)
	end = func() { leave(); stop() }
	if err := chromedp.Do(first); err != nil {
		end()
		return nil, nil, err
	}
	return first, end, nil
}

// Close ends the browser, if one runs. TestMain calls it after the last test.
func Close() {
	running.Lock()
	defer running.Unlock()
	if running.close == nil {
		return
	}
	running.close()
	running.tabs, running.close, running.err = nil, nil, errors.New("browser: closed")
}

// Open opens an empty tab, which is closed after the test. The test fails if a page
// has written an error or warning to the console, or has made a request to more
// than one host. A missing browser fails the test and says how to install it.
func Open(t *testing.T) *Tab {
	t.Helper()
	tabs, err := start()
	if err != nil {
		t.Fatal(err)
	}
	tab := &Tab{t: t}
	ctx, leave := chromedp.NewContext(tabs, chromedp.WithNewBrowserContext(), chromedp.WithListener(tab.console.event))
	tab.ctx = ctx
	t.Cleanup(leave)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	tab.Look(View{})
	t.Cleanup(func() {
		for _, problem := range tab.console.problems() {
			t.Error(problem)
		}
	})
	return tab
}
