package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/link"
	"exempla/internal/localpg"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// replicated is a primary with the sample catalogue, and a standby.
type replicated struct {
	primary, standby *localpg.Server
	db               *store.Store // of the primary
	folder           string       // of the primary
}

// start starts a program that reads from the standby.
func (r replicated) start(t *testing.T) *program {
	t.Helper()
	return start(t, "DATABASE_URL="+r.primary.URL(), "serve", "--demo", "--read-url", r.standby.URL(), "--ops-listen", "127.0.0.1:0")
}

func newReplicated(t *testing.T) replicated {
	t.Helper()
	r := replicated{folder: emptyFolder(t)}
	r.primary = testdb.Durable(t, r.folder)
	start(t, "DATABASE_URL="+r.primary.URL(), "serve", "--demo").end()
	r.standby = testdb.Standby(t, r.primary, emptyFolder(t))
	var err error
	if r.db, err = store.Open(t.Context(), r.primary.URL()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.db.Close)
	return r
}

// publish publishes a practice at the primary.
func (r replicated) publish(t *testing.T, slug string) {
	t.Helper()
	p := practice.Practice{Slug: slug, Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "en", State: practice.Original, TitleLanguage: "en", Title: "Title of " + slug, Summary: "Summary"}}}
	if _, err := r.db.Practices.Import(t.Context(), []practice.Practice{p}, time.Now(), func(int) {}); err != nil {
		t.Fatal(err)
	}
}

// direct tells a server something behind the program's back.
func direct(t *testing.T, server *localpg.Server, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

const sampleSlug = "urban-response-coordination-ioannina"

// residentPages are of every kind that asks the database, and are not kept in memory;
// residentFiles as well, of which nobody may ask for as many.
var residentPages = []string{"/en/practices", "/en/practices/" + sampleSlug + "?topic=refugees", "/en/practices/" + sampleSlug + ".bib", "/en/practices/" + sampleSlug + "/history",
	"/en/collections", "/en/practices?q=school", "/api/v1/practices/" + sampleSlug, "/api/v1/practices?limit=2", "/api/v1/cities", "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/sitemap.xml", "/en/list?list=" + sampleSlug}
var residentFiles = []string{"/en/practices.csv?topic=refugees", "/en/practices.json?topic=refugees", "/en/practices.atom?topic=refugees"}

func status(t *testing.T, address string) int {
	answer, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// readable checks that residents get every page.
func readable(t *testing.T, p *program) {
	t.Helper()
	for _, page := range slices.Concat(residentPages, residentFiles) {
		if got := status(t, p.address+page); got != http.StatusOK {
			t.Errorf("%s: %d", page, got)
		}
	}
}

// Residents read from the standby while the primary is stopped, also at a program that
// starts then; whoever wants to write learns that it is away, until it is back.
func TestResidentsReadWithoutThePrimary(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	before := r.start(t)
	r.publish(t, "news")
	eventually(t, "a change", func() bool { return status(t, before.address+"/en/practices/news") == http.StatusOK })
	doctor := func(want string) {
		t.Helper()
		if out, _ := run(t, "DATABASE_URL="+r.primary.URL(), "doctor", "--read-url", r.standby.URL()); !strings.Contains(out, want) {
			t.Errorf("%q is not in %s", want, out)
		}
	}
	doctor("ok  replica: answers, and has all changes")
	if err := r.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	doctor("BAD database: cannot be examined")
	during := r.start(t)
	for _, p := range []*program{before, during} {
		readable(t, p)
		for page, want := range map[string]int{"/en/practices/news": 200, "/en/practices/no-such": 404, "/readyz": 200, "/readyz/write": 503} {
			if got := status(t, p.address+page); got != want {
				t.Errorf("%s: %d, not %d", page, got, want)
			}
		}
		answer, err := http.PostForm(p.address+"/en/sign-in", url.Values{"mail": {"editor@example.org"}, "password": {demoPassword}})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("signing in: %d", answer.StatusCode)
		}
	}
	testdb.Durable(t, r.folder)
	for _, p := range []*program{before, during} {
		eventually(t, "writing", func() bool { return status(t, p.address+"/readyz/write") == http.StatusOK })
	}
	eventually(t, "jobs", func() bool { return strings.Contains(during.log.String(), "and jobs run") })
	signInTo(t, during, "editor@example.org")
	r.publish(t, "later")
	for _, p := range []*program{before, during} {
		eventually(t, "a change after that", func() bool { return status(t, p.address+"/en/practices/later") == http.StatusOK })
	}
}

// visits asks for pages that are not kept in memory until the function that it returns is
// called, which says how many there were and how many failed.
func visits(p *program) (end func() (asked, failed int64)) {
	var asked, failed atomic.Int64
	stop, ended := make(chan struct{}), make(chan struct{}, 4)
	for range cap(ended) {
		go func() {
			defer func() { ended <- struct{}{} }()
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				answer, err := http.Get(p.address + residentPages[n%len(residentPages)])
				if err == nil {
					io.Copy(io.Discard, answer.Body)
					answer.Body.Close()
				}
				if asked.Add(1); err != nil || answer.StatusCode != http.StatusOK {
					failed.Add(1)
				}
			}
		}()
	}
	return func() (int64, int64) {
		close(stop)
		for range cap(ended) {
			<-ended
		}
		return asked.Load(), failed.Load()
	}
}

// A standby that is killed, or silent, costs nobody a page.
func TestALostReplicaCostsNoPage(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	p := r.start(t)
	operator := operationAddress.FindStringSubmatch(p.log.String())[1]
	if answer, body := fetch(t, "http://"+operator+"/healthz"); answer.StatusCode != http.StatusOK || !strings.Contains(body, "replica: well") {
		t.Errorf("%s: %s", answer.Status, body)
	}
	used := func() string { m := metricsOf(t, operator); return m["exempla_replica_up"] + m["exempla_replica_used"] }
	eventually(t, "the replica", func() bool { return used() == "11" })
	end := visits(p)
	await := func(want string, times int) {
		t.Helper()
		eventually(t, want, func() bool { return strings.Count(p.log.String(), want) == times })
	}
	speak := silence(t, r.standby.Process())
	began := time.Now()
	await("the replica does not answer", 1)
	if took := time.Since(began); took > answerTime {
		t.Errorf("the replica was waited for for %s", took)
	}
	if got := used(); got != "00" {
		t.Errorf("the metrics of a lost replica are %s", got)
	}
	readable(t, p)
	speak()
	await("the replica answers", 2) // the first time at the start
	syscall.Kill(r.standby.Process(), syscall.SIGKILL)
	<-r.standby.Done()
	await("the replica does not answer", 2)
	asked, failed := end()
	t.Logf("%d pages, %d failed", asked, failed)
	if failed > 0 {
		t.Errorf("%d of %d pages failed", failed, asked)
	}
}

// A replica that lags is not asked for what it does not have.
func TestOwnChangesShowWhileTheReplicaLags(t *testing.T) {
	t.Parallel()
	r := newReplicated(t)
	p, other := r.start(t), r.start(t)
	direct(t, r.standby, `select pg_wal_replay_pause()`)
	e := signInTo(t, p, "editor@example.org")
	for _, step := range []struct {
		act  string
		want int
	}{{"archive", 410}, {"restore", 200}} {
		if _, err := e.send("/desk/"+link.ArchivedPage+"/"+sampleSlug+"/"+step.act, "reason", "Tried by a test", "words", "en"); err != nil {
			t.Fatal(err)
		}
		if got := status(t, p.address+"/en/practices/"+sampleSlug+"?topic=refugees"); got != step.want {
			t.Errorf("after %s: %d, not %d", step.act, got, step.want)
		}
		eventually(t, "the other program", func() bool {
			return status(t, other.address+"/en/practices/"+sampleSlug+"?topic=refugees") == step.want
		})
	}
	direct(t, r.standby, `select pg_wal_replay_resume()`)
}
