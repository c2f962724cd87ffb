package config

import (
	"fmt"
	"os"
	"strings"
)

// ReadSecret returns the first line of a file, where secrets are: others see command lines
// and environments. What an editor of another system puts at its end is no part of it.
func ReadSecret(name string) (string, error) {
	content, err := os.ReadFile(name) // #nosec G304 -- the operator names it
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(content), "\n")
	if line = strings.TrimSuffix(line, "\r"); line == "" {
		return "", fmt.Errorf("%s: its first line is to be the secret, and is empty", name)
	}
	return line, nil
}
