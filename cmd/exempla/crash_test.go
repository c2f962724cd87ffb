package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/localpg"
	"exempla/internal/submission"
)

// The program is killed while senderCount people submit concurrently, once
// killedAfter submissions have been acknowledged.
const (
	senderCount = 4
	killedAfter = 12
)

// officer is an HTTP client that is signed in to a program.
type officer struct {
	home   string
	client *http.Client
}

// signInTo signs a sample account in.
func signInTo(t *testing.T, p *program, mail string) officer {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	o := officer{p.address + "/en", &http.Client{Jar: jar}}
	o.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if to, err := o.send("/sign-in", "mail", mail, "password", demoPassword); err != nil || !strings.HasPrefix(to, "/en/") {
		t.Fatalf("signing in leads to %q, %v", to, err)
	}
	return o
}

// send posts a form and returns where the answer leads; an error when it leads
// nowhere. Fields are alternately names and values.
func (o officer) send(to string, fields ...string) (string, error) {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	answer, err := o.client.PostForm(o.home+to, form)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("%s: %s", to, answer.Status)
	}
	return answer.Header.Get("Location"), nil
}

// seenField is how the form of a part says what stands in it.
var seenField = regexp.MustCompile(`name="seen" value="([^"]*)"`)

// seen opens the form of a part and returns what it says of that.
func (o officer) seen(at string) (string, error) {
	answer, err := o.client.Get(o.home + at)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	found := seenField.FindSubmatch(body)
	if found == nil {
		return "", fmt.Errorf("%s: %s: no form, %v", at, answer.Status, err)
	}
	return string(found[1]), nil
}

// submitNew writes a whole practice and submits it. Its number comes back once
// the receipt was promised.
func (o officer) submitNew(title string) (number string, err error) {
	to, err := o.send("/submissions/new", "title", title, "language", "en", "key", strings.ReplaceAll(title, " ", ""))
	if err != nil {
		return "", err
	}
	number = path.Base(to)
	parts := [][]string{{"period", "start_year", "2019", "ongoing", "yes"}, {"topics", "topics", "refugees"}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			parts = append(parts, []string{string(p), "text", "Words about " + string(p), "person", "no"})
		}
	}
	for _, fields := range parts {
		at := "/submissions/" + number + "/" + fields[0]
		seen, err := o.seen(at)
		if err != nil {
			return "", err
		}
		if _, err := o.send(at, append(fields[1:], "seen", seen, "act", "save")...); err != nil {
			return "", err
		}
	}
	_, err = o.send("/submissions/"+number+"/check", "version", fmt.Sprint(len(parts)+1), "consent", "yes")
	return number, err
}

// TestKilledWhileSubmissionsCome kills the program during concurrent submissions.
// Afterwards every acknowledged one exists, and none is incomplete.
func TestKilledWhileSubmissionsCome(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	p := start(t, "EXEMPLA_DATA="+folder, "serve", "--demo")
	o := signInTo(t, p, "ioannina@example.org")
	acknowledged := submitUntilKilled(t, p, o)
	<-p.ended

	again := start(t, "EXEMPLA_DATA="+folder, "serve", "--demo")
	o.home = again.address + "/en"
	o = signInTo(t, again, "ioannina@example.org")
	for _, number := range acknowledged {
		answer, err := o.client.Get(o.home + "/submissions/" + number + "/receipt")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || !strings.Contains(string(body), "EX-") {
			t.Errorf("submission %s was acknowledged; now its receipt answers %s", number, answer.Status)
		}
	}
	checkNothingPartial(t, folder, len(acknowledged))
}

// submitUntilKilled submits concurrently until the program is killed and returns the
// numbers of acknowledged submissions.
func submitUntilKilled(t *testing.T, p *program, o officer) (acknowledged []string) {
	t.Helper()
	var mu sync.Mutex
	var group sync.WaitGroup
	for hand := range senderCount {
		group.Go(func() {
			for i := 0; ; i++ {
				number, err := o.submitNew(fmt.Sprintf("Stream %d %d", hand, i))
				if err != nil {
					return // the program is gone, and this one was promised to nobody
				}
				mu.Lock()
				if acknowledged = append(acknowledged, number); len(acknowledged) == killedAfter {
					p.process.Signal(syscall.SIGKILL)
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if len(acknowledged) < killedAfter {
		t.Fatalf("only %d were acknowledged; the program said:\n%s", len(acknowledged), &p.log)
	}
	return acknowledged
}

// checkNothingPartial checks in the database that every submission was submitted
// completely or not at all: state, text, event, and a mail to each of two editors.
func checkNothingPartial(t *testing.T, folder string, atLeast int) {
	t.Helper()
	address, ok := localpg.Running(folder)
	if !ok {
		t.Fatal("the private Postgres does not run")
	}
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `select s.id, s.state = 'submitted',
		(select count(*) from revision where submission = s.id), (select count(*) from event where subject = 'submission' and number = s.id and action = 'submit'),
		(select count(*) from river_job where (args->>'submission')::bigint = s.id and args->>'mail' = 'submitted') from submission s`)
	if err != nil {
		t.Fatal(err)
	}
	submitted := 0
	var id int64
	var done bool
	var revisions, events, mails int
	_, err = pgx.ForEachRow(rows, []any{&id, &done, &revisions, &events, &mails}, func() error {
		want := 0
		if done {
			submitted++
			want = 1
		}
		if revisions != want || events != want || mails != 2*want {
			t.Errorf("submission %d is submitted: %t, with %d revisions, %d events and %d mails", id, done, revisions, events, mails)
		}
		return nil
	})
	if err != nil || submitted < atLeast {
		t.Errorf("%d were acknowledged, %d are there, %v", atLeast, submitted, err)
	}
}
