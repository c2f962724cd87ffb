//go:build unix && !linux

package localpg

import "syscall"

// setDeathSignal does nothing because these systems have no death signal; the
// next start ends an orphaned server instead.
func setDeathSignal(*syscall.SysProcAttr, syscall.Signal) {}
