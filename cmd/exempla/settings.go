package main

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"exempla/internal/backup"
	"exempla/internal/config"
	"exempla/internal/store"
)

// unreadable are the faults of the command's variables in the environment that are
// neither the boolean nor the number that they should be.
var unreadable []config.Fault

// takeUnreadable takes such variables out of the environment, for the parser would stop at
// the first of them, and returns their faults by name.
func takeUnreadable(node *kong.Node) map[string][]config.Fault {
	faults := map[string][]config.Fault{}
	for _, flag := range node.Flags {
		for _, name := range flag.Envs {
			text, set := os.LookupEnv(name)
			into := reflect.New(flag.Target.Type()).Elem()
			scan := kong.ScanFromTokens(kong.Token{Type: kong.FlagValueToken, Value: text})
			if !set || flag.Mapper.Decode(&kong.DecodeContext{Value: flag.Value, Scan: scan}, into) == nil {
				continue
			}
			wanted := "a whole number"
			if flag.IsBool() {
				wanted = "true or false"
			}
			faults[name] = []config.Fault{{Setting: name, Message: fmt.Sprintf("%q must be %s", text, wanted)}}
			os.Unsetenv(name) // fails only where a name cannot be one
		}
	}
	for _, child := range node.Children {
		maps.Copy(faults, takeUnreadable(child))
	}
	return faults
}

// checked combines all faults in the settings into one error, or returns nil.
func checked(faults []config.Fault) error {
	faults = append(slices.Clone(unreadable), faults...)
	if len(faults) == 0 {
		return nil
	}
	lines := make([]string, len(faults))
	for i, fault := range faults {
		if name := variables[fault.Setting]; name != "" {
			fault.Setting += " (" + name + ")"
		}
		lines[i] = "  " + fault.String()
	}
	return errors.New("these settings cannot be used:\n" + strings.Join(lines, "\n"))
}

// variables are the names in the environment of the command's flags, as "--listen".
var variables = map[string]string{}

// unknown are variables in the environment that look like settings and are none.
var unknown []config.Fault

func warnOfUnknown() {
	for _, fault := range unknown {
		slog.Warn(fault.String())
	}
}

// notOurs are variables of the tools around the program.
var notOurs = []string{"EXEMPLA_BENCH"}

// unknownVariables are the faults of variables with the program's prefix that no command
// knows: most are misspelt, and what was meant is as it would be without them.
func unknownVariables(node *kong.Node, environment []string) (faults []config.Fault) {
	known := slices.Concat(notOurs, variablesOf(node))
	for _, line := range environment {
		name, _, _ := strings.Cut(line, "=")
		if !strings.HasPrefix(name, "EXEMPLA_") || slices.Contains(known, name) {
			continue
		}
		fault := config.Fault{Setting: name, Message: "is no setting, and changes nothing"}
		plain := func(name string) string { return strings.TrimSuffix(strings.ReplaceAll(name, "_", ""), "S") }
		if i := slices.IndexFunc(known, func(other string) bool { return plain(other) == plain(name) }); i >= 0 {
			fault.Message += "; " + known[i] + " is one"
		}
		faults = append(faults, fault)
	}
	return faults
}

func variablesOf(node *kong.Node) (names []string) {
	for _, flag := range node.Flags {
		names = append(names, flag.Envs...)
	}
	for _, child := range node.Children {
		names = append(names, variablesOf(child)...)
	}
	return names
}

// tried returns the faults of settings that show only when they are used: addresses that
// cannot be read, files that are not there. It changes nothing, so that nothing is begun
// with settings that cannot be used.
func tried(s config.Serve) []config.Fault {
	faults := apart(s)
	try := func(setting string, err error) {
		if err != nil {
			faults = append(faults, config.Fault{Setting: setting, Message: err.Error()})
		}
	}
	for _, one := range s.URLs() {
		try(one.Setting, store.CheckURL(one.URL))
	}
	if certificate, key, ok := s.Pair(); ok {
		files := certificateFiles{certificate: certificate, key: key}
		try("--tls", files.load())
	}
	if s.Recipient != "" {
		_, err := backup.KeyFiles{Recipient: s.Recipient}.Read()
		try("--backup-recipient", err)
	}
	if s.PassphraseFile != "" {
		_, err := backup.KeyFiles{Passphrase: s.PassphraseFile}.Read()
		try("--backup-passphrase-file", err)
	}
	if s.Backup != "" && !config.IsBucket(s.Backup) {
		try("--backup", writable(s.Backup))
	}
	return faults
}

// writable reports why nothing can be written into a folder, or why it cannot be made.
func writable(folder string) error {
	about, err := os.Stat(folder)
	if parent := filepath.Dir(folder); errors.Is(err, os.ErrNotExist) && parent != folder {
		return writable(parent)
	}
	if err == nil && !about.IsDir() {
		err = fmt.Errorf("%s is no folder", folder)
	}
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".exempla-*")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}
