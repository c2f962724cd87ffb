package localpg

import (
	"path/filepath"
	"strconv"
	"strings"
)

// Running finds the server that another run of the program keeps on a data
// folder right now, so that a command can work beside it. It returns a
// connection string as Server.URL does; ok is false when none is running.
func Running(data string) (url string, ok bool) {
	f := folder{root: filepath.Clean(data)}
	note := readyNote(filepath.Join(f.cluster(), pidFile))
	if note == nil {
		return "", false
	}
	pid, err := strconv.Atoi(note[0])
	if err != nil || !alive(pid) || !isServerOf(commandLine(pid), f.cluster()) {
		return "", false
	}
	return (&Server{socket: strings.TrimSpace(note[4])}).URL(), true
}
