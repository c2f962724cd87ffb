package main

import (
	"net/http"
	"regexp"
	"testing"
)

var debugAddress = regexp.MustCompile(`profiles and figures are served" address=(\S+)`)

// Profiles are for the operator: at an own address, and at none of the site.
func TestProfilesHaveTheirOwnListener(t *testing.T) {
	t.Parallel()
	p := start(t, "EXEMPLA_DEBUG_LISTEN=127.0.0.1:0", "serve")
	var found []string
	eventually(t, "the address of the second listener", func() bool {
		found = debugAddress.FindStringSubmatch(p.log.String())
		return found != nil
	})
	for path, part := range map[string]string{"/debug/runtime": "allocations ", "/debug/pprof/": "goroutine", "/debug/pprof/goroutine?debug=1": "goroutine profile"} {
		answer, body := fetch(t, "http://"+found[1]+path)
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s answers %s", path, answer.Status)
		}
		wantMentions(t, body, part)
		if answer, _ := fetch(t, p.address+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("the site answers %s with %s", path, answer.Status)
		}
	}
	if answer, _ := fetch(t, "http://"+found[1]+"/en/practices"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("the second listener shows pages: %s", answer.Status)
	}
}

func TestWithoutTheSettingThereIsOneListener(t *testing.T) {
	t.Parallel()
	if _, err := site(); err != nil {
		t.Fatal(err)
	}
	p, _ := site()
	if debugAddress.MatchString(p.log.String()) {
		t.Errorf("a second listener was opened: %s", &p.log)
	}
}
