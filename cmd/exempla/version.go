package main

import (
	"fmt"
	"runtime"
)

// version is set when the program is built.
var version = "development"

type versionCommand struct{}

// Run prints the version and what it was built with.
func (versionCommand) Run() error {
	fmt.Printf("exempla %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
