package localpg

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Made reports whether there is a database in a data folder.
func Made(data string) bool {
	f := folder{root: filepath.Clean(data)}
	for _, path := range []string{f.cluster(), f.beside(upgraded)} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) { // one that cannot be reached is there
			return true
		}
	}
	return false
}

// Running finds the server that another process of this program is running on a
// data folder, so that a command can work alongside it. It returns a connection
// string like Server.URL; ok is false if no server is running.
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
