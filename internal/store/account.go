package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// MaxAccounts bounds a list of accounts: more than an administrator reads, and
// what a page can hold.
const MaxAccounts = 500

// accountColumns are scanned by scanAccount, in this order. The cities come as
// three lists of the same length and order.
const accountColumns = `a.id, a.role, a.state, a.name, coalesce(a.mail, ''), a.locale, a.password <> '', a.totp_secret <> '',
	(select count(*) from passkey where account = a.id), a.created,
	array(select c.country` + accountCities + `), array(select c.slug` + accountCities + `), array(select c.name` + accountCities + `)`

const accountCities = ` from account_city ac join city c on c.id = ac.city where ac.account = a.id order by c.country, c.slug`

func scanAccount(row pgx.CollectableRow) (account.Account, error) {
	var a account.Account
	var countries, slugs, names []string
	err := row.Scan(&a.ID, &a.Role, &a.State, &a.Name, &a.Mail, &a.Locale, &a.Password, &a.TwoFactor, &a.Passkeys, &a.Created,
		&countries, &slugs, &names)
	a.Cities = cities(countries, slugs, names)
	return a, err
}

// accounts reads what a condition on table account a finds, bounded.
func accounts(ctx context.Context, from querier, where string, args pgx.NamedArgs) ([]account.Account, error) {
	rows, err := from.Query(ctx, `select `+accountColumns+` from account a where `+where+fmt.Sprintf(` limit %d`, MaxAccounts), args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAccount)
}

// oneAccount reads the only account that a condition finds, or says ErrNotFound.
func oneAccount(ctx context.Context, from querier, where string, args pgx.NamedArgs) (account.Account, error) {
	found, err := accounts(ctx, from, where, args)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return account.Account{}, err
	}
	return found[0], nil
}

// Account returns one account. Errors: ErrNotFound, ErrAway.
func (s *Accounts) Find(ctx context.Context, id account.ID) (account.Account, error) {
	return s.lookUp(ctx, `a.id = @id`, pgx.NamedArgs{"id": int64(id)})
}

// AccountByMail returns the account with that mail address, however it is
// capitalised. Errors: ErrNotFound, ErrAway.
func (s *Accounts) ByMail(ctx context.Context, mail string) (account.Account, error) {
	return s.lookUp(ctx, `lower(a.mail) = lower(@mail)`, pgx.NamedArgs{"mail": mail})
}

// AccountByHandle returns the account that a passkey knows by this handle.
// Errors: ErrNotFound, ErrAway.
func (s *Accounts) ByHandle(ctx context.Context, handle []byte) (account.Account, error) {
	return s.lookUp(ctx, `a.handle = @handle`, pgx.NamedArgs{"handle": handle})
}

func (s *Accounts) lookUp(ctx context.Context, where string, args pgx.NamedArgs) (account.Account, error) {
	found, err := oneAccount(ctx, s.pool, where, args)
	if err != nil {
		return found, fmt.Errorf("load account: %w", classify(err))
	}
	return found, nil
}

// AccountFilter narrows a list of accounts; empty fields ask for nothing.
type AccountFilter struct {
	Role  account.Role
	State account.State
	City  account.City // only country and slug count
	Words string       // a part of the name or of the mail address
}

// matchAccount is the condition of a filter on table account a, its city aside.
const matchAccount = `(@role = '' or a.role = @role) and (@state = '' or a.state = @state)
	and (@words = '' or strpos(lower(a.name || ' ' || coalesce(a.mail, '')), lower(@words)) > 0)`

// Accounts lists accounts by name, at most MaxAccounts.
func (s *Accounts) List(ctx context.Context, f AccountFilter) ([]account.Account, error) {
	list, err := accounts(ctx, s.pool, matchAccount+`
		and (@slug = '' or exists (select from account_city ac join city c on c.id = ac.city
			where ac.account = a.id and c.country = @country and c.slug = @slug))
		order by lower(a.name), a.id`, pgx.NamedArgs{"role": string(f.Role), "state": string(f.State), "words": f.Words,
		"country": string(f.City.Country), "slug": f.City.Slug})
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", classify(err))
	}
	return list, nil
}

// Names says what people are called. Whoever has no name is left out: a page
// says in its own words what an erased account is called, or one that was only
// invited.
func (s *Accounts) Names(ctx context.Context, ids []account.ID) (map[account.ID]string, error) {
	names := map[account.ID]string{}
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := s.pool.Query(ctx, `select id, name from account where id = any(@ids) and name <> ''`, pgx.NamedArgs{"ids": numbers(ids)})
	if err != nil {
		return nil, fmt.Errorf("load names: %w", classify(err))
	}
	var id account.ID
	var name string
	if _, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { names[id] = name; return nil }); err != nil {
		return nil, fmt.Errorf("load names: %w", classify(err))
	}
	return names, nil
}

// Handle is what passkeys know an account by. Errors: ErrNotFound, ErrAway.
func (s *Credentials) PasskeyHandle(ctx context.Context, id account.ID) (handle []byte, err error) {
	err = s.pool.QueryRow(ctx, `select handle from account where id = @id`, pgx.NamedArgs{"id": int64(id)}).Scan(&handle)
	if err != nil {
		return nil, fmt.Errorf("load handle: %w", classify(orNotFound(err)))
	}
	return handle, nil
}

// orNotFound says ErrNotFound for a query that found no row.
func orNotFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// cities puts the columns of some cities together.
func cities(countries, slugs, names []string) []account.City {
	var list []account.City
	for i := range slugs {
		list = append(list, account.City{Country: practice.Country(countries[i]), Slug: slugs[i], Name: names[i]})
	}
	return list
}
