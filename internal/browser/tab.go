package browser

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that have no letter, for Press.
const (
	TabKey    = kb.Tab
	EnterKey  = kb.Enter
	SpaceKey  = " "
	EscapeKey = kb.Escape
	UpKey     = kb.ArrowUp
	DownKey   = kb.ArrowDown
	HomeKey   = kb.Home
	EndKey    = kb.End
)

// Bounds of waiting. Patience is meant for a busy machine with two slow cores; when
// all is well nothing waits that long.
const (
	patience = 30 * time.Second
	again    = 15 * time.Millisecond
)

// Tab shows one page after another, as a reader sees them. All its methods fail the
// test when they cannot do what they promise.
type Tab struct {
	t       *testing.T
	ctx     context.Context
	console console
}

// View is how the reader looks at pages. The zero value is a wide light screen
// with script.
type View struct {
	Width    int // CSS pixels; 0 for a wide screen
	High     int // likewise; 0 for as high as a usual one
	Dark     bool
	Forced   bool // forced colours, as in high contrast modes
	Paper    bool // as it would be printed
	Touch    bool // fingers instead of a mouse
	NoScript bool // from the next page on
}

// Size of a screen where nothing else is asked for, in CSS pixels.
const (
	wide = 1280
	high = 900
)

// Look changes how the reader looks at this page and those to come.
func (tab *Tab) Look(v View) {
	tab.t.Helper()
	width, height := int64(cmp.Or(v.Width, wide)), int64(cmp.Or(v.High, high))
	scheme, forced, medium := "light", "none", ""
	if v.Paper {
		medium = "print"
	}
	if v.Dark {
		scheme = "dark"
	}
	if v.Forced {
		forced = "active"
	}
	features := []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "forced-colors", Value: forced},
		{Name: "prefers-reduced-motion", Value: "reduce"}, // what glides cannot be clicked
	}
	tab.run("change the view", func(ctx context.Context) error {
		_, media := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
		// Not as a phone: a phone would zoom out where a page is too wide,
		// and hide the fault.
		_, size := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride,
			emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
		_, script := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: v.NoScript})
		_, touch := chromedp.Call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: v.Touch})
		// Tabs of parallel tests cannot all have the focus of the system.
		_, focus := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return first(media, size, script, touch, focus)
	})
}

// Go opens an address and waits until the page is there.
func (tab *Tab) Go(address string) {
	tab.t.Helper()
	tab.run("open "+address, func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.Navigate(address)) })
	tab.Wait("true")
}

// Wait waits until the page has loaded and a JavaScript expression is true.
func (tab *Tab) Wait(condition string) {
	tab.t.Helper()
	asked := "document.readyState === 'complete' && !!(" + condition + ")"
	tab.until(condition, func(ctx context.Context) bool {
		// Between two pages there is no context to evaluate in.
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](asked))
		return err == nil && yes
	})
}

// Ask evaluates a JavaScript expression in the page and returns its value.
func Ask[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	var value T
	tab.run("ask "+expression, func(ctx context.Context) (err error) {
		value, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression))
		return err
	})
	return value
}

// Picture is what the screen shows now, as PNG: the part of the page in view, a
// CSS pixel for each of its pixels.
func (tab *Tab) Picture() []byte {
	tab.t.Helper()
	var picture []byte
	tab.run("take a picture", func(ctx context.Context) (err error) {
		picture, err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
		return err
	})
	return picture
}

// place finds the middle of an element on the screen, or nothing while the
// element is not there, has no size, or lies under another one.
const place = `(() => {
	const e = document.querySelector(%s);
	if (!e) return null;
	e.scrollIntoView({ block: "center", behavior: "instant" });
	const box = e.getClientRects()[0];
	if (!box || !box.width) return null;
	const x = box.x + box.width / 2, y = box.y + box.height / 2;
	const hit = document.elementFromPoint(x, y);
	return hit && (e.contains(hit) || hit.closest("label")?.control === e) ? [x, y] : null;
})()`

// Click scrolls to the first element that a CSS selector finds and clicks its
// middle, as a hand would: it waits while the element is covered or moves.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	var spot []float64
	tab.until("a place to click "+selector, func(ctx context.Context) bool {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(place, strconv.Quote(selector))))
		rests := err == nil && len(found) == 2 && slices.Equal(found, spot)
		spot = found
		return rests
	})
	tab.run("click "+selector, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.MouseClickXY(spot[0], spot[1]))
	})
}

// Choose chooses files of this machine in the field that a CSS selector finds.
func (tab *Tab) Choose(selector string, paths ...string) {
	tab.t.Helper()
	tab.run("choose files in "+selector, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.SetUploadFiles(selector, paths))
	})
}

// Press presses keys: letters, or the keys named above.
func (tab *Tab) Press(keys ...string) {
	tab.t.Helper()
	for _, key := range strings.Join(keys, "") {
		tab.run("press "+strconv.QuoteRune(key), func(ctx context.Context) error { return press(ctx, key) })
	}
}

// press sends a key down with its text in one event, as a keyboard does. As two
// events the text would come through even where a page refuses the key.
func press(ctx context.Context, key rune) error {
	events := kb.Encode(key)
	down, up := *events[0], *events[len(events)-1]
	if len(events) > 2 {
		down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
	}
	_, err := chromedp.Call(ctx, input.DispatchKeyEvent, down)
	if err == nil {
		_, err = chromedp.Call(ctx, input.DispatchKeyEvent, up)
	}
	return err
}

// Edit runs a command of the browser's editor, as the keys for it do: "copy", "paste",
// "pasteAndMatchStyle" for pasting without formatting, "undo". All tabs share one
// clipboard.
func (tab *Tab) Edit(command string) {
	tab.t.Helper()
	tab.run(command, func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, input.DispatchKeyEvent,
			input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Commands: []string{command}})
		return err
	})
}

// Name is how assistive technology calls the first element that a CSS selector
// finds.
func (tab *Tab) Name(selector string) string {
	tab.t.Helper()
	var name string
	tab.run("name "+selector, func(ctx context.Context) error {
		object, err := chromedp.Run(ctx, chromedp.Evaluate[*runtime.RemoteObject]("document.querySelector("+strconv.Quote(selector)+")"))
		if err != nil {
			return err
		}
		tree, err := chromedp.Call(ctx, accessibility.GetPartialAXTree,
			accessibility.GetPartialAXTreeParams{ObjectID: object.ObjectID, FetchRelatives: new(false)})
		if err != nil {
			return err
		}
		if len(tree.Nodes) > 0 && tree.Nodes[0].Name != nil {
			return json.Unmarshal(tree.Nodes[0].Name.Value, &name)
		}
		return nil
	})
	return name
}

// Back goes back in the history, as the browser's button does.
func (tab *Tab) Back() {
	tab.t.Helper()
	tab.run("go back", func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void]("history.back()"))
	})
}

// run does something within the bound of patience.
func (tab *Tab) run(what string, do func(context.Context) error) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err := do(ctx); err != nil {
		tab.t.Fatalf("%s: %v", what, err)
	}
}

// until polls a condition, within the bound of patience.
func (tab *Tab) until(what string, reached func(context.Context) bool) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	tick := time.NewTicker(again)
	defer tick.Stop()
	for !reached(ctx) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			place, _ := chromedp.Run(tab.ctx, chromedp.Location())
			title, _ := chromedp.Run(tab.ctx, chromedp.Evaluate[string]("document.title"))
			tab.t.Fatalf("waited in vain for: %s\nat %s, %q", what, place, title)
		}
	}
}

// first returns the first error that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
