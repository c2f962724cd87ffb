// Command exempla is the open catalogue of good practices: server, migrations
// and imports in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
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
			variables["--"+flag.Name] = name
		}
	}
	unknown = unknownVariables(parser.Model.Node, os.Environ())
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
