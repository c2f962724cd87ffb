// Command exempla is the open catalogue of good practices: server, migrations
// and imports in one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
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
	Account  accountCommand  `cmd:"" help:"Invite people, list accounts, erase one."`
	Doctor   doctorCommand   `cmd:"" help:"Say what is wrong with settings, database, extensions and locale."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parser := kong.Must(&c, kong.Name("exempla"), kong.UsageOnError(),
		kong.Description("An open catalogue of good practices: what cities have tried, and what came of it."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if err := command.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "exempla: %s\n", err)
		os.Exit(1)
	}
}

// checked combines all faults in the settings into one error, or returns nil.
func checked(faults []config.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	lines := make([]string, len(faults))
	for i, fault := range faults {
		lines[i] = "  " + fault.String()
	}
	return errors.New("these settings cannot be used:\n" + strings.Join(lines, "\n"))
}
