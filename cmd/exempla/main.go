// Command exempla is the open catalogue of good practices: server, migrations
// and imports in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"reflect"
	"slices"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"exempla/internal/config"
)

// commands are the program's commands as kong reads them from the tags.
type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve the catalogue. Starts a private Postgres unless a server is named."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database to the shape this version needs."`
	Import   importCommand   `cmd:"" help:"Import practices from a JSON or CSV file, all or none."`
	Export   exportCommand   `cmd:"" help:"Write all public practices into a JSON, CSV or XLSX file."`
	Generate generateCommand `cmd:"" help:"Fill an empty catalogue with made-up practices, to measure or to try out."`
	Backup   backupCommand   `cmd:"" help:"Write everything that a site has into one file."`
	Restore  restoreCommand  `cmd:"" help:"Put a backup into an empty place, or check it."`
	Files    filesCommand    `cmd:"" help:"Move uploaded files to another place."`
	Theme    themeCommand    `cmd:"" help:"Take the look of a site to another one."`
	Account  accountCommand  `cmd:"" help:"Invite people, list accounts, erase one."`
	Doctor   doctorCommand   `cmd:"" help:"Say what is wrong with settings, database, extensions and locale."`

	UpgradePostgres upgradePostgresCommand `cmd:"" name:"upgrade-postgres" help:"Bring the data of the private Postgres to a newer major version."`

	Version versionCommand `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parser := kong.Must(&c, kong.Name("exempla"), kong.UsageOnError(),
		kong.Description("An open catalogue of good practices: what cities have tried, and what came of it."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	faults := takeUnreadable(parser.Model.Node)
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	for _, flag := range command.Flags() {
		for _, name := range flag.Envs {
			unreadable = append(unreadable, faults[name]...)
		}
	}
	if err := command.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "exempla: %s\n", err)
		if errors.As(err, new(misuse)) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// misuse is the error of a command that makes no sense, whatever is there.
type misuse struct{ error }

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
		lines[i] = "  " + fault.String()
	}
	return errors.New("these settings cannot be used:\n" + strings.Join(lines, "\n"))
}
