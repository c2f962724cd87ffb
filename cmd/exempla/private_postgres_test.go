package main

import (
	"net/http"
	"syscall"
	"testing"
	"time"
)

// A private Postgres that ends by itself, as on a full disk, takes nothing with it:
// readers go on, and officers as soon as it is there again.
func TestPrivatePostgresIsStartedAgain(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	p := start(t, "EXEMPLA_DATA="+folder, "serve", "--demo")
	o := signInTo(t, p, "ioannina@example.org")
	for range 2 {
		before := postgresOf(t, folder)
		if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		eventually(t, "writing is refused", func() bool {
			answer, _ := fetch(t, p.address+"/readyz/write")
			return answer.StatusCode == http.StatusServiceUnavailable
		})
		for _, page := range []string{"/readyz", "/en/practices", "/en/practices?q=school"} {
			if answer, _ := fetch(t, p.address+page); answer.StatusCode != http.StatusOK {
				t.Errorf("%s answers %s meanwhile", page, answer.Status)
			}
		}
		eventually(t, "another Postgres", func() bool { now := postgresOf(t, folder); return now != 0 && now != before })
		eventually(t, "a change", func() bool {
			_, err := o.submitNew("After " + time.Now().String())
			return err == nil
		})
	}
	wantMentions(t, p.log.String(), "the private Postgres has ended, and is started again")
	after := postgresOf(t, folder)
	p.end()
	if p.err != nil || alive(after) {
		t.Errorf("it ends with %v and leaves a Postgres behind: %t", p.err, alive(after))
	}
	wantMentions(t, p.log.String(), "the program is asked to stop", `cause="terminated signal received"`, "no more requests are served", "served_meanwhile=")
}
