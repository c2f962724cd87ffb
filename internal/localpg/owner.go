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
	foreign  bool // another user than ours, which only root can take on
}

// ownerOf chooses the user for the database in home: ourselves, or, as root,
// whoever has it already, so that a later change of the machine's users does
// not lock the data away; for a new one postgres, else nobody.
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

// credential is nil where no other user has to be taken on. It holds no further
// groups, which is why enters looks at none.
func (o owner) credential() *syscall.Credential {
	if !o.foreign {
		return nil
	}
	return &syscall.Credential{Uid: o.uid, Gid: o.gid}
}

// blockedAt gives the innermost folder of path, itself included, that the owner may
// not pass through, or "" when all are open. Ourselves we need not ask for: the
// system says it when we try.
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

// enters reads the mode bits as the kernel does: the first class that fits counts.
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
