package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"exempla/internal/config"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
)

type themeCommand struct {
	Export themeExportCommand `cmd:"" help:"Write how the site looks and what it calls things into a JSON file."`
	Import themeImportCommand `cmd:"" help:"Keep such a file as a new version."`
}

type themeExportCommand struct {
	config.Database
	Version int64  `help:"Number of the version, as the page Appearance has it. Default: the one that is shown."`
	File    string `arg:"" help:"The file, which must not exist yet; - writes to standard output."`
}

// Run writes the file.
func (c *themeExportCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	number, t, err := c.Version, theme.Theme{}, error(nil)
	if number == 0 {
		number, t, err = db.Themes.Published(ctx)
	} else {
		t, err = db.Themes.Of(ctx, number)
	}
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no version %d", number)
	}
	if err != nil {
		return err
	}
	err = writeNew(c.File, func(to io.Writer) error {
		_, err := to.Write(t.Write())
		return err
	})
	if err != nil || c.File == "-" {
		return err
	}
	if number == 0 {
		fmt.Printf("The program's own look in %s: no version has been published.\n", c.File)
		return nil
	}
	fmt.Printf("Version %d in %s.\n", number, c.File)
	return nil
}

type themeImportCommand struct {
	config.Database
	Publish bool   `help:"Show it to everybody at once. Otherwise it waits on the page Appearance, where it can be looked at."`
	Note    string `help:"What is new in it, for the list of versions." placeholder:"TEXT"`
	File    string `arg:"" help:"The file; - reads standard input."`
}

// Run keeps the file as a version if nothing is wrong with it.
func (c *themeImportCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	t, err := readTheme(c.File)
	if err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	from, latest, err := db.Themes.Latest(ctx)
	if err != nil {
		return err
	}
	number := from
	if from == 0 || latest.Mark() != t.Mark() {
		v := theme.Version{Note: theme.ShortNote(c.Note), Written: time.Now()}
		if number, err = db.Themes.Save(ctx, v, from, t); err != nil {
			return err
		}
		fmt.Printf("Kept as version %d.\n", number)
	} else {
		fmt.Printf("Nothing is new: it is the same as version %d.\n", number)
	}
	if !c.Publish {
		return nil
	}
	if err := db.Themes.Publish(ctx, number, store.Actor{At: time.Now()}); err != nil {
		return err
	}
	fmt.Println("It is published.")
	return nil
}

// readTheme reads a theme and says everything that is wrong with it.
func readTheme(name string) (t theme.Theme, err error) {
	in := os.Stdin
	if name != "-" {
		if in, err = os.Open(name); err != nil { // #nosec G304 -- the operator names it
			return t, err
		}
		defer in.Close()
	}
	content, err := io.ReadAll(io.LimitReader(in, 4*theme.MaxSize))
	if err == nil {
		t, err = theme.Read(content)
	}
	if err != nil {
		return t, err
	}
	var wrong []error
	for _, f := range t.Check() {
		wrong = append(wrong, fmt.Errorf("  %s: %s", f.Path, f.Say(locale.All()[0])))
	}
	if len(wrong) > 0 {
		return t, fmt.Errorf("this theme cannot be used:\n%w", errors.Join(wrong...))
	}
	return t, nil
}
