package localpg

import "syscall"

// setDeathSignal makes the kernel send what to the process when the thread that
// started it ends. Go sets it after switching users, which would clear it.
func setDeathSignal(attr *syscall.SysProcAttr, what syscall.Signal) { attr.Pdeathsig = what }
