//go:build unix && !linux

package localpg

import "os/exec"

// lendName is for containers, which other systems have not.
func lendName(*exec.Cmd) (lent bool) { return false }
