package localpg

import "syscall"

// dieWithUs has the kernel send what when the thread that starts the process
// ends. Go sets it after it changes the user, which would clear it.
func dieWithUs(attr *syscall.SysProcAttr, what syscall.Signal) { attr.Pdeathsig = what }
