package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/browser"
	"exempla/internal/practice"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

const password = "a bell and nine rivers"

var passwordHash = sync.OnceValues(func() (string, error) { return signin.Hash(context.Background(), password) })

// officerSite is a running program with an officer.
type officerSite struct {
	*program
	*store.Store
	database string // its address
	officer  account.ID
}

// openOfficerSite starts a program with further settings.
func openOfficerSite(t *testing.T, settings ...string) *officerSite {
	t.Helper()
	postgres := testdb.Private(t, emptyFolder(t))
	p := start(t, "DATABASE_URL="+postgres.URL(), append([]string{"serve", "--demo"}, settings...)...)
	s, err := store.Open(t.Context(), postgres.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	hash, err := passwordHash()
	if err != nil {
		t.Fatal(err)
	}
	o := &officerSite{program: p, Store: s, database: postgres.URL()}
	who := account.Account{Role: account.Officer, State: account.Active, Name: "Ana", Mail: "ana@example.org", Cities: []account.City{account.NewCity("GR", "Ioannina")}}
	if o.officer, err = s.Accounts.AddSample(t.Context(), store.Sample{Account: who, Hash: hash}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return o
}

// begin starts a draft of the officer's.
func (o *officerSite) begin(t *testing.T, title string) submission.ID {
	t.Helper()
	begun := submission.Submission{Kind: submission.New, Language: "en", Content: submission.Content{Title: title}, Created: time.Now()}
	id, err := o.Submissions.Start(t.Context(), begun, t.Name(), account.Viewer{ID: o.officer, Role: account.Officer})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// signIn signs the officer in.
func (o *officerSite) signIn(tab *browser.Tab) {
	tab.Go(o.address + "/en/sign-in")
	fillSignIn(tab, "ana@example.org", password)
	tab.Wait(`location.pathname === "/en/submissions"`)
}

// pictures are those of a draft, as they are stored.
func (o *officerSite) pictures(t *testing.T, id submission.ID) []practice.Attachment {
	t.Helper()
	s, err := o.Submissions.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s.Content.Pictures
}

// onDisk writes files that can be chosen.
func onDisk(t *testing.T) (photo, drawing string) {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 480)), nil); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	photo, drawing = filepath.Join(folder, "desk.jpg"), filepath.Join(folder, "plan.svg")
	for path, content := range map[string][]byte{photo: b.Bytes(), drawing: []byte("<svg/>")} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return photo, drawing
}

func TestPicturesAreUploaded(t *testing.T) {
	o := openOfficerSite(t)
	photo, drawing := onDisk(t)
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		o.signIn(tab)
		id := o.begin(t, "A help desk")
		tab.Go(fmt.Sprintf("%s/en/submissions/%d/pictures", o.address, id))
		tab.Choose("#file", drawing, photo)
		tab.Click(".hand-in button")
		tab.Wait(`document.querySelector("#problems")?.textContent.includes("“plan.svg” is an SVG drawing")`)
		tab.Wait(focused + `=== "problems" && document.title.startsWith("Error:")`)
		if script { // axe is one
			checkAllViews(t, tab)
		}

		const alt = `.handed input[name^="alt-"]`
		tab.Click(alt)
		tab.Press("A desk")
		tab.Choose("#file", photo)
		tab.Click(".hand-in button")
		tab.Wait(`document.querySelector("#problems")?.textContent.includes("“desk.jpg” has already been added")`)
		tab.Wait(`document.querySelector('` + alt + `').value === "A desk" && document.images[0].naturalWidth === 480`)

		tab.Click(`button[name=remove]`)
		tab.Wait(`document.querySelector("#removed") && !document.querySelector(".handed")`)
		if script { // axe is one
			checkAllViews(t, tab)
		}
		tab.Click(`button[name=restore]`)
		tab.Wait(`document.querySelector('` + alt + `')?.value === "A desk"`)
		tab.Click(`.acts button[value=save]`)
		tab.Wait(fmt.Sprintf(`location.pathname === "/en/submissions/%d"`, id))
		if list := o.pictures(t, id); len(list) != 1 || list[0].Alt != "A desk" {
			t.Errorf("stored: %+v", list)
		}
	})
}

// A picture is moved by keyboard, and keeps the focus where it goes.
func TestPicturesAreMovedByKeyboard(t *testing.T) {
	o := openOfficerSite(t)
	first, _ := onDisk(t)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200)), nil); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "second.jpg")
	if err := os.WriteFile(second, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		o.signIn(tab)
		id := o.begin(t, "A help desk")
		tab.Go(fmt.Sprintf("%s/en/submissions/%d/pictures", o.address, id))
		tab.Choose("#file", first, second)
		tab.Click(".hand-in button")
		tab.Wait(`document.querySelectorAll(".handed").length === 2`)
		moved := o.pictures(t, id)[0].Hash
		browser.Ask[bool](tab, `document.getElementById("down-`+moved+`").focus(), true`)
		tab.Press(browser.EnterKey)
		tab.Wait(focused + `=== "up-` + moved + `"`)
		if list := o.pictures(t, id); list[1].Hash != moved {
			t.Errorf("stored: %+v", list)
		}
		tab.Press(browser.EnterKey)
		tab.Wait(focused + `=== "down-` + moved + `"`)
		if list := o.pictures(t, id); list[0].Hash != moved {
			t.Errorf("stored: %+v", list)
		}
		if script { // axe is one
			checkAllViews(t, tab)
		}
	})
}

// Files that are sent by the script arrive, and the page says so.
func TestUploadTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	o := openOfficerSite(t)
	photo, _ := onDisk(t)
	tab := browser.Open(t)
	o.signIn(tab)
	id := o.begin(t, "Told")
	tab.Go(fmt.Sprintf("%s/ar/submissions/%d/pictures", o.address, id))
	browser.Ask[bool](tab, `window.said = [], new MutationObserver(() => said.push(document.getElementById("uploaded").textContent))
		.observe(document.getElementById("uploaded"), {childList: true}), true`)
	tab.Choose("#file", photo)
	tab.Click(".hand-in button")
	tab.Wait(`document.querySelector(".handed img") && document.querySelector("#notice")`)
	if said := browser.Ask[string](tab, `said.join("|")`); !strings.Contains(said, "0") {
		t.Errorf("it said %q", said)
	}
	checkAllViews(t, tab)
	large := filepath.Join(t.TempDir(), "large.jpg")
	if err := os.WriteFile(large, make([]byte, 10<<20+1), 0o600); err != nil {
		t.Fatal(err)
	}
	tab.Choose("#file", large)
	tab.Wait(`!document.querySelector("#file").validity.valid && document.querySelector("#file").validationMessage.includes("large.jpg")`)
}

// checkAllViews checks a page with axe, wide and narrow, light and dark.
func checkAllViews(t *testing.T, tab *browser.Tab) {
	t.Helper()
	for _, violation := range tab.Violations() {
		t.Error(violation)
	}
	if wide := browser.Ask[string](tab, tooWide); wide != "" {
		t.Errorf("too wide: %s", wide)
	}
}
