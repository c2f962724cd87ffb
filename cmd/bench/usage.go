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

// usage is what a server has consumed since it started.
type usage struct {
	cpu         time.Duration // of its process
	sql         time.Duration // of the Postgres under it
	allocations int64
}

func (u usage) since(before usage) usage {
	return usage{u.cpu - before.cpu, u.sql - before.sql, u.allocations - before.allocations}
}

// usage reads the figures of the system, and of the server's debug listener.
func (p *process) usage(ctx context.Context) (u usage, err error) {
	if u.allocations, err = p.allocations(ctx); err != nil {
		return u, err
	}
	of, err := readStat(p.cmd.Process.Pid)
	if err != nil {
		return u, err
	}
	u.cpu = of.cpu
	if p.postgres != 0 {
		u.sql, err = treeTime(p.postgres)
	}
	return u, err
}

// allocations returns the number of allocations of the process so far.
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

// figure returns the number after a name at the beginning of a line.
func figure(text, name string) (int64, error) {
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			return strconv.ParseInt(fields[1], 10, 64)
		}
	}
	return 0, fmt.Errorf("no figure %q", name)
}

// stat is what the system records about a process.
type stat struct {
	parent  int
	cpu     time.Duration // of itself
	waited  time.Duration // of children that have ended
	command string
}

// tick is the unit of process times in Linux, on all architectures that Go supports.
const tick = 10 * time.Millisecond

func readStat(pid int) (stat, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return stat{}, err
	}
	return parseStat(text)
}

// parseStat parses /proc/<pid>/stat. Fields are counted from behind the command,
// which may contain anything.
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

// treeTime is the processor time of a process and of all its children.
func treeTime(pid int) (time.Duration, error) {
	head, err := readStat(pid)
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

// Bounds of waiting for a program to finish its work after the start, such as
// learning what to suggest: how long to wait, and how much of a second it may use.
const (
	longestIdleWait = 90 * time.Second
	idleTime        = 3 * tick
)

// waitUntilIdle waits until a program has no work left of its own.
func (p *process) waitUntilIdle(ctx context.Context) error {
	for end := time.Now().Add(longestIdleWait); time.Now().Before(end); {
		before, err := readStat(p.cmd.Process.Pid)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
		if after, err := readStat(p.cmd.Process.Pid); err != nil || after.cpu-before.cpu <= idleTime {
			return err
		}
	}
	return nil
}

// forgetPeak begins the peak of the resident memory anew.
func (p *process) forgetPeak() error {
	return os.WriteFile(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "clear_refs"), []byte("5"), 0)
}

// memory returns the resident memory of a process and its peak, in bytes.
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
