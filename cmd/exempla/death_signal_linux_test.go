package main

import "syscall"

// deathSignal ends a program when its tests are cut off, which runs no cleanup.
var deathSignal = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
