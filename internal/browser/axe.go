package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// axePath is where npm puts axe-core, from the root of the project.
const axePath = "internal/browser/node_modules/axe-core/axe.min.js"

// axe is the source of axe-core. It is read when a test first needs it and injected
// through the debugger, to which the pages' content policy does not apply.
var axe = sync.OnceValues(func() (string, error) {
	folder, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(folder, "go.mod")); missing == nil {
			break
		}
		if folder == filepath.Dir(folder) {
			err = errors.New("no go.mod above the test")
		}
		folder = filepath.Dir(folder)
	}
	var source []byte
	if err == nil {
		source, err = os.ReadFile(filepath.Join(folder, axePath))
	}
	if err != nil {
		return "", fmt.Errorf("axe-core is not installed, run make test: %w", err)
	}
	return string(source), nil
})

// audit runs the rules of WCAG 2.2 A and AA and of best practice, and describes each
// violation in a few lines.
const audit = `axe.run({
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then(({ violations }) => violations.map((v) => [
	v.id + ": " + v.help + " (" + v.nodes.length + ")",
	...v.nodes.slice(0, 3).map((n) => n.target.join(" ") + "\n      " + n.html.slice(0, 200) + "\n      " + n.failureSummary.replaceAll("\n", " ")),
].join("\n    ")))`

// Violations lists what axe-core finds wrong with the page as it is now, one text
// for each rule that is broken.
func (tab *Tab) Violations() []string {
	tab.t.Helper()
	source, err := axe()
	if err != nil {
		tab.t.Fatal(err)
	}
	if !Ask[bool](tab, "'axe' in window") {
		Ask[bool](tab, strings.TrimSuffix(source, ";")+"; true")
	}
	var list []string
	tab.run("run axe-core", func(ctx context.Context) (err error) {
		list, err = chromedp.Run(ctx, chromedp.Evaluate[[]string](audit, chromedp.EvalAwaitPromise))
		return err
	})
	return list
}
