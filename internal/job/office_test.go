package job_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/job"
	"exempla/internal/mail"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
	"exempla/internal/theme"
)

func TestMain(m *testing.M) { testdb.Main(m) }

// usual is the time within which editors decide as a rule.
const usual = 14 * 24 * time.Hour

var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

// The people of the tests, each with a language.
var (
	ana = account.Viewer{ID: 1, Role: account.Officer} // Arabic
	kim = account.Viewer{ID: 2, Role: account.Editor}  // English
	mia = account.Viewer{ID: 3, Role: account.Editor}  // French
)

// office is a store in which these people have accounts, with a mail server.
type office struct {
	*testing.T
	*store.Store
	sink *sink
	log  *logBuffer
	keys atomic.Int64
	at   time.Time // the clock of workers that are started from now on
	look *theme.Current
}

// logBuffer keeps the lines of the log.
type logBuffer struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.String()
}

func openOffice(t *testing.T) *office {
	t.Helper()
	s := testdb.Open(t)
	return furnish(t, s, func(sql string, args ...any) { testdb.Exec(t, s, sql, args...) })
}

// furnish gives a store its people, and a mail server.
func furnish(t *testing.T, s *store.Store, exec func(sql string, args ...any)) *office {
	t.Helper()
	for i, locale := range []string{"ar", "en", "fr"} {
		role := []account.Role{account.Officer, account.Editor, account.Editor}[i]
		exec(`insert into account (role, state, name, mail, locale, handle, created) values ($1, 'active', $2, $3, $4, $5, now())`,
			string(role), []string{"Ana", "Kim", "Mia"}[i], fmt.Sprintf("%s@city.example", locale), locale, []byte{byte(i)})
	}
	return &office{T: t, Store: s, sink: openSink(t), log: &logBuffer{}, at: monday}
}

// work starts the workers, until the test ends or stops them.
func (o *office) work() (stop func()) {
	o.Helper()
	sender, err := mail.NewSMTP(o.sink.url(), "exempla@city.example")
	if err != nil {
		o.Fatal(err)
	}
	at := o.at
	q, err := job.Start(o.Context(), job.Settings{Store: o.Store, Sender: sender, Site: "https://exempla.example",
		Now: func() time.Time { return at }, Usual: usual, Theme: o.look, Catalogue: o.catalogue(), Log: slog.New(slog.NewTextHandler(o.log, nil))})
	if err != nil {
		o.Fatal(err)
	}
	stop = sync.OnceFunc(func() {
		if err := q.Stop(context.Background()); err != nil {
			o.Error(err)
		}
	})
	o.Cleanup(stop)
	return stop
}

// catalogue is what is public now.
func (o *office) catalogue() *catalogue.Catalogue {
	o.Helper()
	x, err := o.Practices.Index(o.Context(), o.at)
	if err != nil {
		o.Fatal(err)
	}
	return catalogue.New(x)
}

// queue puts a job into the queue on its own.
func (o *office) queue(jobs ...store.MailJob) {
	o.Helper()
	client, err := o.Queue.Client(&river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		o.Fatal(err)
	}
	for _, one := range jobs {
		if _, err := client.Insert(o.Context(), one, nil); err != nil {
			o.Fatal(err)
		}
	}
}

// patience is how long a test waits for what takes a second or two.
const patience = 20 * time.Second

func (o *office) await(what string, so func() bool) {
	o.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	end := time.After(patience)
	for !so() {
		select {
		case <-look.C:
		case <-end:
			o.Fatalf("waited %s in vain: %s\n%s", patience, what, o.log)
		}
	}
}

// mails waits until the queue is done, and returns what has arrived.
func (o *office) mails() []received {
	o.Helper()
	o.await("an empty queue", func() bool {
		waiting, _, err := o.Queue.CountUnsent(o.Context())
		return err == nil && waiting == 0
	})
	list := o.sink.mails()
	slices.SortFunc(list, func(a, b received) int { return strings.Compare(a.to+a.subject(), b.to+b.subject()) })
	return list
}

// text is a text that may be submitted.
func text(title string) submission.Content {
	c := submission.Content{Title: title, Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}},
		Topics: []practice.Topic{"refugees"}, Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			c = c.WithText(p, "Words about "+string(p))
		}
	}
	return c
}

// begin starts a submission of ana's.
func (o *office) begin(title string) submission.Submission {
	o.Helper()
	id, err := o.Submissions.Start(o.Context(), submission.Submission{Kind: submission.New, Language: "en", Content: text(title), Created: monday},
		fmt.Sprint("key ", o.keys.Add(1)), ana)
	if err != nil {
		o.Fatal(err)
	}
	s, err := o.Submissions.Find(o.Context(), id)
	if err != nil {
		o.Fatal(err)
	}
	return s
}

// take takes a step that must succeed.
func (o *office) take(s submission.Submission, action submission.Action, by account.Viewer) submission.Submission {
	o.Helper()
	after, err := o.Submissions.Advance(o.Context(), s.ID, s.Version, submission.Step{Action: action, By: by, At: monday, Consent: "Yes",
		Reason: "Because of <this> & that", Content: text("Corrected"), Assignee: kim.ID})
	if err != nil {
		o.Fatal(err)
	}
	return after
}

// advance archives or restores a practice.
func (o *office) advance(slug string, step submission.PracticeStep) {
	o.Helper()
	if err := o.Practices.Advance(o.Context(), slug, step); err != nil {
		o.Fatal(err)
	}
}

// ask adds a comment.
func (o *office) ask(s submission.Submission, by account.Viewer, c submission.Comment) {
	o.Helper()
	if err := o.Submissions.AddComment(o.Context(), store.Contribution{Submission: s.ID, By: by, At: monday}, c, fmt.Sprint("key ", o.keys.Add(1))); err != nil {
		o.Fatal(err)
	}
}

// execAt runs one statement at a database that is not testdb's own.
func execAt(t *testing.T, url, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}
