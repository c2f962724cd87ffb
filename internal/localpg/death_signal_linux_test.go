package localpg

import (
	"path/filepath"
	"testing"
	"time"
)

// limit is how long a server may take to shut down; it takes 0.1 s.
const limit = 20 * time.Second

// The kernel ends the server; it does not take another start of the program.
func TestKilledProgramEndsItsServer(t *testing.T) {
	t.Parallel()
	data := readyData(t)
	cmd, _ := program(t, data)
	server := firstNumber(filepath.Join(clusterOf(data), pidFile))
	if !alive(server) {
		t.Fatalf("there is no server process %d", server)
	}
	cmd.Process.Kill()
	cmd.Wait()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	for deadline := time.After(limit); alive(server); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("the server is still there after %v", limit)
		}
	}
}
