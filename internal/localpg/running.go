package localpg

import (
	"os"
	"path/filepath"
	"strings"
)

// Running finds the server that another run of the program keeps on a data
// folder right now, so that a command can work beside it. It returns a
// connection string as Server.URL does; ok is false when none is running.
func Running(data string) (url string, ok bool) {
	f := folder{root: filepath.Clean(data)}
	path := filepath.Join(f.cluster(), pidFile)
	pid := firstNumber(path)
	if !alive(pid) || !accepting(path, pid) || !serves(commandLine(pid), f.cluster()) {
		return "", false
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", false
	}
	// The fifth line names the socket's folder; accepting has counted the lines.
	socket := strings.TrimSpace(strings.Split(string(text), "\n")[4])
	return (&Server{socket: socket}).URL(), true
}
