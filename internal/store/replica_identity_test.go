package store_test

import (
	"errors"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
	"exempla/internal/localpg"
	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// Behind a balancer that turns to a standby which knows less, nobody sees less: neither by
// the first connection to it nor by those that still lead to the other.
func TestABalancerTurnsToAReplicaThatKnowsLess(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	behind := testdb.Standby(t, p.primary, newFolder(t))
	at(t, behind, `select pg_wal_replay_pause()`)
	b := newBalancer(t, p.standby)
	s := openAt(t, p.primary)
	if err := s.ReadFrom(t.Context(), b.url(t, p.standby)); err != nil {
		t.Fatal(err)
	}
	c := catalogue.New(indexOf(t, s.Reading()))
	followWith(t, s.Reading(), c, onMonday)
	importInto(t, p.Store, made("b"))
	await(t, "the change", func() bool { return slices.Contains(listed(c.Index()), "b") && s.Replica().Used })
	b.to.Store(behind)
	for end := time.Now().Add(2500 * time.Millisecond); time.Now().Before(end); { // the replica is looked at every second; many at once need new connections
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := s.Reading().Practices.Find(t.Context(), "b"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	if b.turned.Load() == 0 {
		t.Fatal("no connection was made to the other standby")
	}
	await(t, "the look at the other standby", func() bool { return s.Replica().Behind > 0 })
}

// balancer leads connections to a server that can change, as HAProxy does; those that
// stand stay where they are.
type balancer struct {
	net.Listener
	to     atomic.Pointer[localpg.Server]
	turned atomic.Int32 // connections to another server than the first
}

func newBalancer(t *testing.T, first *localpg.Server) *balancer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &balancer{Listener: listener}
	b.to.Store(first)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			to := b.to.Load()
			if to != first {
				b.turned.Add(1)
			}
			go func() {
				defer client.Close()
				config, err := pgconn.ParseConfig(to.URL())
				if err != nil {
					return
				}
				network, address := pgconn.NetworkAddress(config.Host, config.Port)
				server, err := net.Dial(network, address)
				if err != nil {
					return
				}
				defer server.Close()
				go io.Copy(server, client)
				io.Copy(client, server)
			}()
		}
	}()
	return b
}

// url is the address of a server by way of the balancer.
func (b *balancer) url(t *testing.T, of *localpg.Server) string {
	t.Helper()
	address, err := url.Parse(of.URL())
	if err != nil {
		t.Fatal(err)
	}
	address.RawQuery = url.Values{"host": {"127.0.0.1"}, "port": {strconv.Itoa(b.Addr().(*net.TCPAddr).Port)}, "sslmode": {"disable"}}.Encode()
	return address.String()
}

// A server of another site is refused: at the start, and when the primary that was away
// then comes back. What it has is not shown again while the primary is away.
func TestAReplicaOfAnotherSite(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	elsewhere := testdb.Durable(t, newFolder(t))
	other := openAt(t, elsewhere)
	if _, err := other.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	importInto(t, other, made("stranger"), made("another"))
	s := openAt(t, p.primary)
	if err := s.ReadFrom(t.Context(), elsewhere.URL()); err != nil {
		t.Fatal(err)
	}
	if err := s.Together(t.Context()); !errors.Is(err, store.ErrNoReplica) {
		t.Errorf("at the start: %v", err)
	}

	if err := p.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, p.primary)
	if err := s.ReadFrom(t.Context(), elsewhere.URL()); err != nil {
		t.Fatal(err)
	}
	if err := s.Together(t.Context()); errors.Is(err, store.ErrNoReplica) {
		t.Errorf("while nobody can know: %v", err)
	}
	c := catalogue.New(indexOf(t, s.Reading()))
	followWith(t, s.Reading(), c, onMonday)
	p.primary = testdb.Durable(t, p.folder)
	await(t, "the primary's list", func() bool { return slices.Equal(listed(c.Index()), []string{"a"}) && s.Replica().Other })
	if err := p.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(4 * time.Second); time.Now().Before(end); { // a standby's list would be taken after two
		if r := s.Replica(); r.Used || !r.Other || !slices.Equal(listed(c.Index()), []string{"a"}) {
			t.Fatalf("%+v, %v", r, listed(c.Index()))
		}
	}
}

// An operator learns that the replica is none.
func TestExamineAReplicaThatIsNone(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	itself := openAt(t, p.primary)
	if err := itself.ReadFrom(t.Context(), p.primary.URL()); err != nil {
		t.Fatal(err)
	}
	if f := itself.ExamineReplica(t.Context()); f.Found != "is the primary itself" || f.Advice == "" {
		t.Errorf("%+v", f)
	}
	at(t, p.standby, `select pg_promote()`)
	if f := p.ExamineReplica(t.Context()); !strings.HasPrefix(f.Found, "was promoted") || f.Advice == "" {
		t.Errorf("%+v", f)
	}
}

// That nobody would be told how far a standby lags is said.
func TestExamineStandbysWhoseLagIsHidden(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	at(t, p.primary, `create role plain login`)
	for role, advice := range map[string]string{"": "", "plain": `grant pg_monitor to "plain"`} {
		s := p.Store
		if role != "" {
			address, err := url.Parse(p.primary.URL())
			if err != nil {
				t.Fatal(err)
			}
			address.User = url.User(role)
			if s, err = store.Open(t.Context(), address.String()); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
		}
		findings, err := s.Examine(t.Context())
		i := slices.IndexFunc(findings, func(f store.Finding) bool { return f.Subject == "standbys" })
		if err != nil || i < 0 || !strings.HasSuffix(findings[i].Advice, advice) || (advice == "") != (findings[i].Advice == "") {
			t.Errorf("%q: %+v, %v", role, findings, err)
		}
	}
}
