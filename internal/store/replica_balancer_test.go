package store_test

import (
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
	"exempla/internal/localpg"
	"exempla/internal/testdb"
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
