//go:build cluster

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What two programs promise.
const (
	mostUnseen   = 50 * time.Millisecond // until a change shows on both programs, of 99 in 100
	leastCarried = 1.8                   // times what one program carries, with two
)

// measure changes the catalogue ten times a second and says how long it takes until every
// program shows it, and what an answer costs with one program and with two.
func (c *cluster) measure() {
	c.Helper()
	editor := signInTo(c.T, &program{address: "http://127.0.0.1:8080"}, "editor@example.org")
	both := []string{"7001", "7002"}
	unseen := c.unseen(editor, both, 300, 100*time.Millisecond)
	c.Logf("of %d changes, ten a second, half were seen on both programs %s after they were acknowledged, 99 of 100 after %s", len(unseen),
		unseen[len(unseen)/2].Round(100*time.Microsecond), unseen[len(unseen)*99/100].Round(100*time.Microsecond))
	if last := unseen[len(unseen)*99/100]; last > mostUnseen {
		c.Errorf("a change was not seen for %s", last)
	}
	changing, stop := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	ended.Go(func() {
		for changing.Err() == nil {
			c.unseen(editor, both, 2, time.Second)
		}
	})
	began, idle := time.Now(), c.processor(both[1:])
	alone := c.costs(both[:1])
	following := (c.processor(both[1:]) - idle).Seconds() / time.Since(began).Seconds()
	together := c.costs(both)
	stop()
	ended.Wait()
	carried := 2 * float64(alone) / float64(together)
	c.Logf("an answer cost %s of processor with one program and %s with two, while a change a second came: two carry %.2f times as much; one that nobody asked used %.1f %% of a processor",
		alone.Round(time.Microsecond), together.Round(time.Microsecond), carried, 100*following)
	if carried < leastCarried {
		c.Errorf("two programs carry %.2f times what one does", carried)
	}
}

// unseen archives and restores a practice, a change at every pause, and returns in order
// how long after the answer each change showed in the list of every one of the programs.
// The editor looks at it: who has not signed in may be shown the list of up to 0.8 s ago
// while changes come faster than that.
func (c *cluster) unseen(editor officer, ports []string, changes int, pause time.Duration) []time.Duration {
	c.Helper()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	var took []time.Duration
	for i := range changes {
		<-tick.C
		listed := i%2 == 1
		if _, err := editor.send("/desk/practices/"+changed+map[bool]string{false: "/archive", true: "/restore"}[listed], "words", "To see how soon it shows"); err != nil {
			c.Error(err)
			return append(took, time.Hour)
		}
		acknowledged := time.Now()
		for _, port := range ports {
			for c.lists(editor, port) != listed && time.Since(acknowledged) < time.Minute {
			}
		}
		took = append(took, time.Since(acknowledged))
	}
	slices.Sort(took)
	return took
}

// changed is a practice of the sample catalogue, in Greece.
const changed = "urban-response-coordination-ioannina"

// lists reports whether a program lists the practice now.
func (c *cluster) lists(editor officer, port string) bool {
	answer, err := editor.client.Get("http://127.0.0.1:" + port + "/en/practices?country=GR")
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	page, _ := io.ReadAll(answer.Body)
	return strings.Contains(string(page), changed)
}

// costs is what an answer costs the programs of processor time while each is asked a
// thousand times a second, the changes that come meanwhile included.
func (c *cluster) costs(ports []string) time.Duration {
	c.Helper()
	const answers, readers = 5000, 4 // of every program
	before := c.processor(ports)
	var asking sync.WaitGroup
	for _, port := range ports {
		for reader := range readers {
			asking.Go(func() {
				tick := time.NewTicker(readers * time.Millisecond)
				defer tick.Stop()
				for i := reader; i < answers; i += readers {
					<-tick.C
					answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%s/en/practices?q=%s&page=%d", port, []string{"school", "art", "work"}[i/3%3], 2+i%2))
					if err != nil {
						c.Error(err)
						return
					}
					io.Copy(io.Discard, answer.Body)
					answer.Body.Close()
				}
			})
		}
	}
	asking.Wait()
	return (c.processor(ports) - before) / time.Duration(answers*len(ports))
}

// processor is the time of processors that programs have used.
func (c *cluster) processor(ports []string) (used time.Duration) {
	c.Helper()
	for _, port := range ports {
		content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.programs[port].Process.Pid))
		if err != nil {
			c.Fatal(err)
		}
		// Fields 14 and 15 of proc(5), in hundredths of a second; the name before them ends with ")".
		_, rest, _ := strings.Cut(string(content), ") ")
		for _, ticks := range strings.Fields(rest)[11:13] {
			n, _ := strconv.Atoi(ticks)
			used += time.Duration(n) * 10 * time.Millisecond
		}
	}
	return used
}
