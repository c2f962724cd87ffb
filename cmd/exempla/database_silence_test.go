package main

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// answerTime is within which every address answers, also while the database is
// silent.
const answerTime = 2 * time.Second

// A database that is silent refuses nothing. All the same every address answers in
// time, nothing is acknowledged that is lost, and everything recovers by itself.
func TestDatabaseFallsSilentAndSpeaksAgain(t *testing.T) {
	t.Parallel()
	postgres := testdb.Private(t, emptyFolder(t))
	p := start(t, "DATABASE_URL="+postgres.URL(), "serve", "--demo")
	o := signInTo(t, p, "ioannina@example.org")
	to, err := o.send("/submissions/new", "title", "Silence", "language", "en", "key", "silence")
	if err != nil {
		t.Fatal(err)
	}
	summary := "/submissions/" + path.Base(to) + "/summary"
	seen := submission.Content{}.Digest(submission.Summary)
	if _, err := o.send(summary, "text", "Words before", "seen", seen, "act", "save"); err != nil {
		t.Fatal(err)
	}

	fetch(t, p.address+"/en/practices?q=school") // the first search makes ready what the others use

	speak := silence(t, postgres.Process())
	const practice = "/practices/urban-response-coordination-ioannina"
	var all sync.WaitGroup
	for range 3 { // more at once than the pool has connections
		for to, want := range map[string]int{"/practices?topic=refugees": 200, "/practices?q=school": 200, "/about": 200, practice: 503,
			summary: 503, "/account": 503, "/reset/" + strings.Repeat("x", 26): 503} {
			all.Go(func() { checkInTime(t, o, to, nil, want) })
		}
		all.Go(func() {
			stranger := officer{o.home, &http.Client{}}
			checkInTime(t, stranger, practice, nil, 503)
			checkInTime(t, stranger, "/practices", nil, 200)
			checkInTime(t, stranger, "/sign-in", url.Values{"mail": {"editor@example.org"}, "password": {demoPassword}}, 503)
		})
		all.Go(func() {
			checkInTime(t, o, summary, url.Values{"text": {"Words between"}, "seen": {"x"}, "act": {"save"}}, 503)
		})
	}
	all.Wait()
	speak()

	for _, to := range []string{practice, "/practices?q=school", "/account", summary} {
		eventually(t, to+" comes back", func() bool { _, status := ask(t, o, to, nil); return status == http.StatusOK })
	}
	if body, _ := ask(t, o, summary, nil); !strings.Contains(body, "Words before") {
		t.Error("words are lost that were acknowledged")
	}
	signInTo(t, p, "editor@example.org")
}

// silenceAgain is how long a process stays awake that somebody else has woken.
const silenceAgain = 20 * time.Millisecond

// silence stops a server with all its processes, which stay connected, even if a shell or
// a debugger lets them go on. speak does.
func silence(t *testing.T, postmaster int) (speak func()) {
	t.Helper()
	if err := syscall.Kill(postmaster, syscall.SIGSTOP); err != nil { // first, so that it starts no more
		t.Fatal(err)
	}
	list, err := exec.Command("ps", "-A", "-o", "pid=,ppid=").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := []int{postmaster}
	for line := range bytes.Lines(list) {
		if ids := strings.Fields(string(line)); ids[1] == strconv.Itoa(postmaster) {
			child, _ := strconv.Atoi(ids[0])
			all = append(all, child)
		}
	}
	tell := func(s syscall.Signal) {
		for _, process := range all {
			syscall.Kill(process, s) // it may have ended meanwhile
		}
	}
	end := background(t.Context(), func(ctx context.Context) {
		for ctx.Err() == nil {
			tell(syscall.SIGSTOP)
			select {
			case <-ctx.Done():
			case <-time.After(silenceAgain):
			}
		}
	})
	speak = sync.OnceFunc(func() { end(); tell(syscall.SIGCONT) })
	t.Cleanup(speak)
	return speak
}

// checkInTime checks the status of an answer, that it comes in time, and that an
// error leads on.
func checkInTime(t *testing.T, o officer, to string, form url.Values, want int) {
	began := time.Now()
	body, status := ask(t, o, to, form)
	if took := time.Since(began); status != want || took > answerTime {
		t.Errorf("%s of a silent database: %d after %s", to, status, took)
	}
	if want == http.StatusServiceUnavailable && !strings.Contains(body, `href="/en/practices"`) {
		t.Errorf("%s leads nowhere", to)
	}
	if words := form.Get("text"); !strings.Contains(body, words) {
		t.Errorf("%s does not give back %q", to, words)
	}
}

// ask asks for an address of the site, or sends it a form.
func ask(t *testing.T, o officer, to string, form url.Values) (body string, status int) {
	get := func() (*http.Response, error) { return o.client.Get(o.home + to) }
	if form != nil {
		get = func() (*http.Response, error) { return o.client.PostForm(o.home+to, form) }
	}
	answer, err := get()
	if err != nil {
		t.Error(err)
		return "", 0
	}
	defer answer.Body.Close()
	var content bytes.Buffer
	if _, err := content.ReadFrom(answer.Body); err != nil {
		t.Error(err)
	}
	return content.String(), answer.StatusCode
}
