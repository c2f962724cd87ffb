package main

import "syscall"

// deathSignal ends a program when its tests are killed and cannot clean up.
var deathSignal = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
