package localpg

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// lendName lets a program that is about to start find a name for its user, where the
// user has none: in a user namespace of its own it is nobody. Files still belong to the
// user. A container that allows no such namespaces does not start the program.
func lendName(cmd *exec.Cmd) (lent bool) {
	uid := os.Geteuid()
	if _, err := user.LookupId(strconv.Itoa(uid)); err == nil || uid == 0 {
		return false
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return false
	}
	inside, err := strconv.Atoi(nobody.Uid)
	if err != nil {
		return false
	}
	cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
	cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: uid, Size: 1}}
	return true
}
