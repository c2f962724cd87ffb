package localpg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the user that the server runs as. PostgreSQL refuses to be root.
type owner struct {
	name     string
	uid, gid uint32
	foreign  bool // not the current user; only root can switch to it
}

// ownerOf chooses the user that runs the database in home: the current user
// unless that is root. For root it is the present owner of home, so that a later
// change of the machine's users does not make the data inaccessible; for a new
// database it is postgres, or else nobody.
func ownerOf(home string) (owner, error) {
	if os.Geteuid() != 0 {
		return owner{name: "you", uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	if info, err := os.Stat(home); err == nil {
		if had := info.Sys().(*syscall.Stat_t); had.Uid != 0 {
			return owner{fmt.Sprintf("#%d", had.Uid), had.Uid, had.Gid, true}, nil
		}
	}
	for _, candidate := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(candidate); err == nil {
			return parseOwner(found)
		}
	}
	return owner{}, errors.New("postgres refuses to run as root, and there is neither a user postgres nor nobody: add one, or run as an ordinary user")
}

func parseOwner(u *user.User) (owner, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return owner{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return owner{}, fmt.Errorf("group of user %s: %w", u.Username, err)
	}
	return owner{u.Username, uint32(uid), uint32(gid), true}, nil
}

// credential returns nil if the server runs as the current user. It has no
// supplementary groups, which is why enters does not consider them.
func (o owner) credential() *syscall.Credential {
	if !o.foreign {
		return nil
	}
	return &syscall.Credential{Uid: o.uid, Gid: o.gid}
}

// blockedAt returns the innermost folder on path, path included, that the owner
// may not traverse, or "" if there is none. For the current user it does not
// check: the system reports the error on the first attempt.
func (o owner) blockedAt(path string) (string, error) {
	if !o.foreign {
		return "", nil
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	for {
		info, err := os.Stat(path)
		if err != nil {
			return "", err
		}
		if !o.enters(info) {
			return path, nil
		}
		if path == filepath.Dir(path) {
			return "", nil
		}
		path = filepath.Dir(path)
	}
}

// enters evaluates the mode bits as the kernel does: the first matching class
// decides.
func (o owner) enters(info fs.FileInfo) bool {
	has := info.Sys().(*syscall.Stat_t)
	mode := info.Mode().Perm()
	switch {
	case has.Uid == o.uid:
		return mode&0o100 != 0
	case has.Gid == o.gid:
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}
