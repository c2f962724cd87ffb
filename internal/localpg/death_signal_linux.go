package localpg

import "syscall"

// setDeathSignal has the kernel send what when the thread that starts the process
// ends. Go sets it after it changes the user, which would clear it.
func setDeathSignal(attr *syscall.SysProcAttr, what syscall.Signal) { attr.Pdeathsig = what }
