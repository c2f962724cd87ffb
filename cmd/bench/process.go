package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"exempla/internal/link"
)

// process is a server under measurement: the program, or a yardstick.
type process struct {
	cmd      *exec.Cmd
	address  string // host:port
	debug    string // host:port of its figures
	postgres int    // process of the Postgres under it; 0 for none
}

// environment is this process's own without the program's settings, and with the
// given ones.
func environment(settings ...string) []string {
	var list []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "EXEMPLA_") && !strings.HasPrefix(entry, "DATABASE_URL=") {
			list = append(list, entry)
		}
	}
	return append(list, settings...)
}

// freeAddress is a local address on which nothing listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// launch starts a server that prints a line ending in its address when it is ready.
// Its log is written to the null device: it costs the writing, but no disk.
func launch(cmd *exec.Cmd) (*process, error) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	defer null.Close()
	cmd.Stderr = null
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		p.end()
		return nil, fmt.Errorf("%s did not start: start it by hand to see why", filepath.Base(cmd.Path))
	}
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(line[strings.LastIndexByte(line, ' ')+1:len(line)-1], "http://"))
	p.address = net.JoinHostPort("127.0.0.1", port)
	return p, nil
}

// endTime is how long a server may take to end before it is killed.
const endTime = 15 * time.Second

func (p *process) end() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	late := time.AfterFunc(endTime, func() { p.cmd.Process.Kill() })
	defer late.Stop()
	p.cmd.Wait()
}

// starts is how often the program is started to time it; large catalogues take long
// enough to need fewer.
const starts, startsOfLarge = 5, 2

// start starts the program on the catalogue, several times to measure the time until
// its first good response. The last one keeps running.
func (c *collection) start(ctx context.Context, s Settings, found *measurement) (*process, error) {
	times := make([]time.Duration, starts)
	if c.size >= changesFrom {
		times = times[:startsOfLarge]
	}
	for i := range times {
		began := time.Now()
		p, err := c.startOnce(ctx, s)
		if err != nil {
			return nil, err
		}
		answer, err := fetch(ctx, p.address, link.Catalogue(tag))
		if err != nil {
			p.end()
			return nil, err
		}
		times[i], found.bytes = time.Since(began), len(answer.body)
		if i == len(times)-1 {
			found.ready = middle(times)
			logf("ready in %s", found.ready.Round(time.Millisecond))
			return p, nil
		}
		p.end()
	}
	return nil, errors.New("never started")
}

// startOnce starts the program as if behind a proxy, so that its limits count each
// reader by itself.
func (c *collection) startOnce(ctx context.Context, s Settings) (*process, error) {
	debug, err := freeAddress()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, s.Program, "serve")
	cmd.Env = environment("EXEMPLA_LISTEN=127.0.0.1:0", "EXEMPLA_OPS_LISTEN="+debug, "DATABASE_URL="+c.server.URL(),
		"EXEMPLA_PROXIES=1", "EXEMPLA_DRAIN=0", "EXEMPLA_FILES="+filepath.Join(c.folder, "files"))
	p, err := launch(cmd)
	if err != nil {
		return nil, err
	}
	p.debug, p.postgres = debug, c.server.Process()
	return p, nil
}

// response is what a yardstick repeats of the site's response.
type response struct {
	header http.Header
	body   []byte // compressed, as it came
}

// fetch requests one compressed page; any status but 200 is an error.
func fetch(ctx context.Context, address, path string) (response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return response{}, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return response{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", path, answer.Status)
	}
	return response{answer.Header, body}, err
}
