package main

import (
	"context"
	"fmt"

	"exempla/internal/config"
	"exempla/migrations"
)

type migrateCommand struct{ config.Database }

// Run applies pending migrations.
func (c *migrateCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	db, err := openBeside(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	applied, err := db.Migrate(ctx, migrations.Files)
	if err != nil {
		return err
	}
	fmt.Printf("%d migrations applied; the database is up to date.\n", applied)
	return nil
}
