//go:build !linux && !darwin

package main

// diskOf knows of no disk on this system.
func diskOf(string) func() (free, size int64, ok bool) { return nil }
