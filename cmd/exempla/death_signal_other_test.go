//go:build !linux

package main

import "syscall"

// dieWithTests does nothing where processes cannot be told to die together.
var dieWithTests = &syscall.SysProcAttr{}
