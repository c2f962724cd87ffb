package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"exempla/internal/account"
	"exempla/internal/config"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
)

// accountCommand manages accounts from the command line, the only way to create the
// first administrator.
type accountCommand struct {
	Invite inviteCommand      `cmd:"" help:"Invite somebody and print the link with which they join."`
	List   listAccountCommand `cmd:"" help:"List all accounts."`
	Erase  eraseCommand       `cmd:"" help:"Blank an account for ever; what it wrote stays, without a name."`
}

type inviteCommand struct {
	config.Invite
	Role     []string `required:"" enum:"officer,editor,administrator" help:"What the account is for: officer, editor or administrator; more than one is possible."`
	City     []string `sep:"none" help:"A city that an officer speaks for, with its country's code: \"Ioannina, GR\". Can be repeated." placeholder:"CITY, CC"`
	Language string   `default:"en" help:"Language of the mails."`
	Address  string   `arg:"" name:"mail" help:"Mail address."`
}

// Run creates an invitation and prints its link. It queues the mail only if a mail
// server is configured.
func (c *inviteCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	i, err := c.invitation()
	if err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	invited, err := db.Accounts.Invite(ctx, i)
	if errors.Is(err, store.ErrTaken) {
		return fmt.Errorf("%s has an account already", i.Mail)
	}
	if err != nil {
		return err
	}
	secret, err := db.Accounts.InvitationLink(ctx, invited.Account, i.At)
	if err != nil {
		return err
	}
	fmt.Println(link.Site(c.PublicURL).Absolute(link.Invitation(i.Locale, secret)))
	fmt.Fprintf(os.Stderr, "The link works once, until %s. Who has it can join in the name of %s.\n", i.At.Add(store.InvitationTime).Format(time.DateOnly), i.Mail)
	return nil
}

// invitation validates the arguments.
func (c *inviteCommand) invitation() (store.Invitation, error) {
	i := store.Invitation{Locale: c.Language, At: time.Now(), Unsent: c.SMTPURL == ""}
	for _, role := range c.Role {
		i.Roles = append(i.Roles, account.Role(role))
	}
	mail, ok := account.ParseMail(c.Address)
	if !ok {
		return i, fmt.Errorf("%q is not a mail address", c.Address)
	}
	i.Mail = mail
	if _, ok := locale.Find(c.Language); !ok {
		return i, fmt.Errorf("%q is not a language of the interface", c.Language)
	}
	for _, text := range c.City {
		city, ok := account.ParseCity(text)
		if !ok {
			return i, fmt.Errorf("%q must be a city and its country's code, such as \"Ioannina, GR\"", text)
		}
		i.Cities = append(i.Cities, city)
	}
	if slices.Contains(i.Roles, account.Officer) != (len(i.Cities) > 0) {
		return i, errors.New("an officer needs at least one --city, and nobody else has any")
	}
	return i, nil
}

type listAccountCommand struct{ config.Database }

// Run prints the accounts, one per line.
func (c *listAccountCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	list, err := db.Accounts.List(ctx, store.AccountFilter{})
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, a := range list {
		var cities []string
		for _, city := range a.Cities {
			cities = append(cities, city.Text())
		}
		var roles []string
		for _, r := range a.Roles() {
			roles = append(roles, string(r))
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\n", a.ID, strings.Join(roles, ", "), a.State, a.Mail, a.Name, strings.Join(cities, "; "))
	}
	if len(list) == 0 {
		fmt.Fprintln(table, "There are no accounts. Make the first one with: exempla account invite --role administrator MAIL")
	}
	return table.Flush()
}

type eraseCommand struct {
	config.Database
	Address string `arg:"" name:"mail" help:"Mail address of the account."`
}

// Run erases an account.
func (c *eraseCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	a, err := db.Accounts.ByMail(ctx, c.Address)
	if err == nil {
		err = db.Accounts.Erase(ctx, a.ID, store.Actor{At: time.Now()})
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("there is no account with the address %s", c.Address)
	case errors.Is(err, store.ErrLastAdministrator):
		return errors.New("this is the last administrator; invite another one first")
	case err != nil:
		return err
	}
	fmt.Printf("Account %d is erased.\n", a.ID)
	return nil
}
