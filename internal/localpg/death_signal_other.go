//go:build unix && !linux

package localpg

import "syscall"

// dieWithUs has no counterpart here: the next start ends an orphan instead.
func dieWithUs(*syscall.SysProcAttr, syscall.Signal) {}
