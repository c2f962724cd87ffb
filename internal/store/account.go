package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

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
