//go:build cluster

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// What a visitor may notice.
const (
	mostSwitching = 2 * time.Second  // without a change, when the primary is switched on purpose
	mostFailing   = 20 * time.Second // and when it is killed
)

// cluster is the example in deploy/cluster, on this machine: etcd, two Postgres servers
// kept by Patroni, HAProxy, and two programs. It uses the ports of the example.
type cluster struct {
	*testing.T
	folder   string
	owner    *syscall.SysProcAttr // who runs the servers: not root
	members  map[string]*exec.Cmd // Patroni, by the name of the node
	programs map[string]*exec.Cmd // by port
}

// TestCluster starts the example, switches the primary over, kills it, upgrades the
// programs one by one, and says what a visitor saw.
func TestCluster(t *testing.T) {
	c := startCluster(t)
	v := c.visits()
	v.during("nothing happens", func() { v.settle() })
	v.during("the primary is switched over", func() {
		from := c.primary()
		c.ask("http://"+restOf[from]+"/switchover", `{"leader": "`+from+`"}`)
		eventually(t, "another primary", func() bool { now := c.primary(); return now != "" && now != from })
		v.settle()
	})
	if gap := v.gap(); gap > mostSwitching {
		t.Errorf("no change for %s when the primary was switched over", gap)
	}
	c.awaitStandby()
	v.during("the primary is killed", func() {
		from := c.primary()
		c.kill(from)
		eventually(t, "another primary", func() bool { now := c.primary(); return now != "" && now != from })
		v.settle()
		c.startMember(from)
	})
	if gap := v.gap(); gap > mostFailing {
		t.Errorf("no change for %s when the primary was killed", gap)
	}
	c.awaitStandby()
	v.during("the programs are started again, one by one", func() {
		for _, port := range []string{"7001", "7002"} {
			c.programs[port].Process.Signal(syscall.SIGTERM)
			c.programs[port].Wait()
			c.startProgram(port)
		}
		v.settle()
	})
	v.end()
	c.measure()
	if failed := v.failed.Load(); failed > 0 {
		t.Errorf("%d of %d pages failed", failed, v.read.Load())
	}
	if lost := c.lost(v.acknowledged); lost > 0 {
		t.Errorf("%d of %d acknowledged changes were lost", lost, len(v.acknowledged))
	}
	t.Logf("%d pages were read, %d failed; of %d acknowledged changes none was lost", v.read.Load(), v.failed.Load(), len(v.acknowledged))
}

// restOf are the addresses at which Patroni answers, by the name of the node.
var restOf = map[string]string{"node1": "127.0.0.1:8008", "node2": "127.0.0.1:8009"}

const superuser = "postgres://postgres:change-me-1@127.0.0.1:5000/"

func startCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{T: t, members: map[string]*exec.Cmd{}, programs: map[string]*exec.Cmd{}}
	c.folder = emptyFolder(t)
	if err := os.MkdirAll(c.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	c.owner = &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		postgres, err := user.Lookup("postgres")
		if err != nil {
			t.Fatal(err)
		}
		uid, _ := strconv.Atoi(postgres.Uid)
		gid, _ := strconv.Atoi(postgres.Gid)
		c.owner.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(c.folder, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	c.run("etcd", "--data-dir", filepath.Join(c.folder, "etcd"))
	for _, name := range []string{"node1", "node2"} {
		c.startMember(name)
	}
	c.run("haproxy", "-db", "-f", filepath.Join("deploy", "cluster", "haproxy.cfg"))
	eventually(t, "the primary, and its standby", func() bool { return c.primary() != "" })
	c.awaitStandby()
	eventually(t, "a database", func() bool {
		return c.execute("create role exempla login password 'exempla'") == nil
	})
	if err := c.execute("create database exempla owner exempla"); err != nil {
		t.Fatal(err)
	}
	for _, port := range []string{"7001", "7002"} {
		c.startProgram(port)
	}
	return c
}

// run starts a program of the cluster that stays until the test ends.
func (c *cluster) run(name string, arguments ...string) *exec.Cmd {
	c.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		path = "/usr/sbin/" + name
	}
	log, err := os.OpenFile(filepath.Join(c.folder, filepath.Base(name)+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		c.Fatal(err)
	}
	cmd := exec.Command(path, arguments...)
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = log, log, c.owner
	cmd.Env = append(os.Environ(), "HOME="+c.folder) // where Patroni keeps passwords for its servers
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		if c.Failed() {
			content, _ := os.ReadFile(log.Name())
			c.Logf("%s said at last:\n%s", name, content[max(0, len(content)-3000):])
		}
	})
	return cmd
}

// startMember starts one of the two servers, with Patroni around it.
func (c *cluster) startMember(name string) {
	c.Helper()
	example, err := os.ReadFile(filepath.Join("deploy", "cluster", "patroni.yml"))
	if err != nil {
		c.Fatal(err)
	}
	text := strings.ReplaceAll(string(example), "/var/lib/postgresql/exempla", c.folder)
	if name == "node2" {
		text = strings.NewReplacer("node1", "node2", ":8008", ":8009", ":5433", ":5434").Replace(text)
	}
	settings := filepath.Join(c.folder, name+".yml")
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		c.Fatal(err)
	}
	c.members[name] = c.run("patroni", settings)
}

// kill ends a server as a machine ends that loses its power.
func (c *cluster) kill(name string) {
	c.Helper()
	c.members[name].Process.Kill()
	pid, err := os.ReadFile(filepath.Join(c.folder, name, "postmaster.pid"))
	if err != nil {
		c.Fatal(err)
	}
	first, _, _ := strings.Cut(string(pid), "\n")
	number, _ := strconv.Atoi(first)
	children, _ := exec.Command("pgrep", "-P", first).Output()
	syscall.Kill(number, syscall.SIGKILL)
	for child := range strings.FieldsSeq(string(children)) {
		number, _ := strconv.Atoi(child)
		syscall.Kill(number, syscall.SIGKILL)
	}
}

// primary is the name of the server that takes changes; empty for none.
func (c *cluster) primary() string {
	for name, address := range restOf {
		if statusOf(address, "/primary") == http.StatusOK {
			return name
		}
	}
	return ""
}

// awaitStandby waits until every change is on both servers.
func (c *cluster) awaitStandby() {
	c.Helper()
	eventually(c.T, "a synchronous standby", func() bool {
		return statusOf(restOf["node1"], "/synchronous") == http.StatusOK || statusOf(restOf["node2"], "/synchronous") == http.StatusOK
	})
}

func statusOf(address, path string) int {
	client := http.Client{Timeout: time.Second}
	answer, err := client.Get("http://" + address + path)
	if err != nil {
		return 0
	}
	answer.Body.Close()
	return answer.StatusCode
}

func (c *cluster) ask(address, body string) {
	c.Helper()
	answer, err := http.Post(address, "application/json", strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}
	defer answer.Body.Close()
	if said, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		c.Fatalf("%s: %s: %s", address, answer.Status, said)
	}
}

func (c *cluster) execute(statement string) error {
	conn, err := pgx.Connect(context.Background(), superuser+"postgres?sslmode=disable")
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), statement)
	return err
}

// startProgram starts a program and waits until it takes visitors.
func (c *cluster) startProgram(port string) {
	c.Helper()
	path, err := binary()
	if err != nil {
		c.Fatal(err)
	}
	cmd := exec.Command(path, "serve", "--demo", "--listen", "127.0.0.1:"+port, "--drain", "2", "--public-url", "http://127.0.0.1:8080")
	cmd.Env = environment("DATABASE_URL=postgres://exempla:exempla@127.0.0.1:5000/exempla?sslmode=disable", "EXEMPLA_READ_URL=postgres://exempla:exempla@127.0.0.1:5001/exempla?sslmode=disable",
		"EXEMPLA_PROXIES=1", "EXEMPLA_PAGE_LIMIT=0", "EXEMPLA_DRAIN=2", "EXEMPLA_FILES="+filepath.Join(c.folder, "files"))
	log, err := os.OpenFile(filepath.Join(c.folder, port+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		c.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = log, log, deathSignal
	if err := cmd.Start(); err != nil {
		c.Fatal(err)
	}
	c.programs[port] = cmd
	c.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	eventually(c.T, "the program at "+port, func() bool { return statusOf("127.0.0.1:"+port, "/readyz") == http.StatusOK })
}

// lost counts the acknowledged drafts that are not there.
func (c *cluster) lost(acknowledged []string) (lost int) {
	c.Helper()
	conn, err := pgx.Connect(context.Background(), superuser+"exempla?sslmode=disable")
	if err != nil {
		c.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), `select count(*) from unnest($1::text[]) n where not exists (select from submission where id::text = n)`,
		acknowledged).Scan(&lost); err != nil {
		c.Fatal(err)
	}
	return lost
}

// clusterVisits are those of readers and of one officer, through HAProxy.
type clusterVisits struct {
	c            *cluster
	stop         context.CancelFunc
	ended        sync.WaitGroup
	read, failed atomic.Int64
	mu           sync.Mutex
	acknowledged []string
	last         time.Time     // when the last change was acknowledged
	longest      time.Duration // between two acknowledged changes
}

func (c *cluster) visits() *clusterVisits {
	c.Helper()
	ctx, stop := context.WithCancel(context.Background())
	v := &clusterVisits{c: c, stop: stop, last: time.Now()}
	for i := range 4 {
		v.ended.Go(func() { v.reads(ctx, i) })
	}
	v.ended.Go(func() { v.writes(ctx) })
	return v
}

// reads asks for lists about fifty times a second.
func (v *clusterVisits) reads(ctx context.Context, from int) {
	client := http.Client{Timeout: 5 * time.Second}
	tick := time.NewTicker(80 * time.Millisecond)
	defer tick.Stop()
	for i := from; ctx.Err() == nil; i++ {
		answer, err := client.Get(fmt.Sprintf("http://127.0.0.1:8080/%s/practices?q=%s&page=%d", []string{"en", "fr", "ar"}[i%3], []string{"school", "art", "work"}[i/3%3], 1+i%2))
		v.read.Add(1)
		if err == nil {
			_, err = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		}
		if err != nil || answer.StatusCode != http.StatusOK {
			v.failed.Add(1)
			v.c.Logf("a list failed: %v, %v", answer, err)
		}
		<-tick.C
	}
}

// writes begins drafts, and goes on where one fails, as somebody who presses again.
func (v *clusterVisits) writes(ctx context.Context) {
	jar, _ := cookiejar.New(nil)
	o := officer{"http://127.0.0.1:8080/en", &http.Client{Jar: jar, Timeout: 5 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	signedIn := false
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ctx.Err() == nil; i++ {
		<-tick.C
		if !signedIn {
			_, err := o.send("/sign-in", "mail", "ioannina@example.org", "password", demoPassword)
			signedIn = err == nil
			continue
		}
		title := fmt.Sprint("Draft ", i)
		to, err := o.send("/submissions/new", "title", title, "language", "en", "key", strings.ReplaceAll(title, " ", "")+"-cluster")
		if err != nil {
			continue
		}
		v.mu.Lock()
		v.longest = max(v.longest, time.Since(v.last))
		v.last = time.Now()
		v.acknowledged = append(v.acknowledged, filepath.Base(to))
		v.mu.Unlock()
	}
}

// settle waits until changes have come for a while again.
func (v *clusterVisits) settle() {
	for range 20 {
		v.mu.Lock()
		before := len(v.acknowledged)
		v.mu.Unlock()
		eventually(v.c.T, "a change", func() bool {
			v.mu.Lock()
			defer v.mu.Unlock()
			return len(v.acknowledged) > before
		})
	}
}

// during does something and says what visitors saw meanwhile.
func (v *clusterVisits) during(what string, do func()) {
	v.c.Helper()
	v.mu.Lock()
	v.longest = 0
	began, changes := time.Now(), len(v.acknowledged)
	v.mu.Unlock()
	read, failed := v.read.Load(), v.failed.Load()
	do()
	v.mu.Lock()
	defer v.mu.Unlock()
	v.c.Logf("%s (%s): %d pages read, %d failed; %d changes, at most %s without one", what, time.Since(began).Round(100*time.Millisecond),
		v.read.Load()-read, v.failed.Load()-failed, len(v.acknowledged)-changes, v.longest.Round(10*time.Millisecond))
}

// gap is the longest time without a change of what was done last.
func (v *clusterVisits) gap() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.longest
}

func (v *clusterVisits) end() {
	v.stop()
	v.ended.Wait()
}
