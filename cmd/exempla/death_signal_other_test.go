//go:build !linux

package main

import "syscall"

// deathSignal does nothing where processes cannot be told to die together.
var deathSignal = &syscall.SysProcAttr{}
