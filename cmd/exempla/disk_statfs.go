//go:build linux || darwin

package main

import "syscall"

// diskOf returns the function that looks how much room, in bytes, there is on the disk of
// a folder.
func diskOf(folder string) func() (free, size int64, ok bool) {
	return func() (free, size int64, ok bool) {
		var disk syscall.Statfs_t
		if err := syscall.Statfs(folder, &disk); err != nil {
			return 0, 0, false
		}
		block := int64(disk.Bsize)
		return int64(disk.Bavail) * block, int64(disk.Blocks) * block, true
	}
}
