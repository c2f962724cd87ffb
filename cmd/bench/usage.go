package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what a server has used since it started.
type usage struct {
	cpu         time.Duration // of its process
	sql         time.Duration // of the Postgres under it
	allocations int64
}

func (u usage) since(before usage) usage {
	return usage{u.cpu - before.cpu, u.sql - before.sql, u.allocations - before.allocations}
}

// usage asks the system and the second listener.
func (p *process) usage(ctx context.Context) (u usage, err error) {
	if u.allocations, err = p.allocations(ctx); err != nil {
		return u, err
	}
	of, err := statOf(p.cmd.Process.Pid)
	if err != nil {
		return u, err
	}
	u.cpu = of.cpu
	if p.postgres != 0 {
		u.sql, err = family(p.postgres)
	}
	return u, err
}

// allocations counts what the process has allocated so far.
func (p *process) allocations(ctx context.Context) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.debug+"/debug/runtime", nil)
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	return figure(string(text), "allocations")
}

// figure reads a number behind a name and spaces, at the beginning of a line.
func figure(text, name string) (int64, error) {
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			return strconv.ParseInt(fields[1], 10, 64)
		}
	}
	return 0, fmt.Errorf("no figure %q", name)
}

// stat is what the system counts of a process.
type stat struct {
	parent  int
	cpu     time.Duration // of itself
	waited  time.Duration // of children that have ended
	command string
}

// tick is the unit in which Linux tells times of processes, on all its
// architectures that Go runs on.
const tick = 10 * time.Millisecond

func statOf(pid int) (stat, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return stat{}, err
	}
	return parseStat(text)
}

// parseStat reads the fields behind the command, which may hold anything.
func parseStat(text []byte) (stat, error) {
	open, shut := bytes.IndexByte(text, '('), bytes.LastIndexByte(text, ')')
	if open < 0 || shut < open {
		return stat{}, fmt.Errorf("no process in %q", text)
	}
	fields := strings.Fields(string(text[shut+1:]))
	var numbers [15]int64
	if len(fields) < len(numbers) {
		return stat{}, fmt.Errorf("too few figures in %q", text)
	}
	for i := 1; i < len(numbers); i++ { // the first is a letter
		numbers[i], _ = strconv.ParseInt(fields[i], 10, 64)
	}
	ticks := func(at int) time.Duration { return time.Duration(numbers[at]+numbers[at+1]) * tick }
	return stat{parent: int(numbers[1]), cpu: ticks(11), waited: ticks(13), command: string(text[open+1 : shut])}, nil
}

// family is the time of a process and of all that it has started.
func family(pid int) (time.Duration, error) {
	head, err := statOf(pid)
	if err != nil {
		return 0, err
	}
	sum := head.cpu + head.waited
	others, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range others {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		if one, err := parseStat(text); err == nil && one.parent == pid {
			sum += one.cpu
		}
	}
	return sum, err
}

// Bounds of waiting until a program has done what it does after its start, such
// as learning what to suggest: how long, and what it may still take of a second.
const (
	mostQuieting = 90 * time.Second
	stillQuiet   = 3 * tick
)

// quieten waits until a program has nothing left to do by itself.
func (p *process) quieten(ctx context.Context) error {
	for end := time.Now().Add(mostQuieting); time.Now().Before(end); {
		before, err := statOf(p.cmd.Process.Pid)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		if after, err := statOf(p.cmd.Process.Pid); err != nil || after.cpu-before.cpu <= stillQuiet {
			return err
		}
	}
	return nil
}

// memory is what a process holds now, and what it held at most, in bytes.
func (p *process) memory() (resident, peak int64, err error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "status"))
	if err != nil {
		return 0, 0, err
	}
	if resident, err = figure(string(text), "VmRSS:"); err == nil {
		peak, err = figure(string(text), "VmHWM:")
	}
	return resident << 10, peak << 10, err
}
