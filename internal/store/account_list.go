package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// PeopleOnPage is how many accounts a page of the list shows.
const AccountsPerPage = 50

// People are the accounts of one page, and how many there are in all.
type AccountPage struct {
	List  []account.Account
	Total int
	Page  int // counted from 1
	Pages int // at least 1
}

// People lists the accounts that a filter finds, by name, a page at a time; a
// page that there is not is the last one. Its city is not asked for.
func (s *Accounts) Page(ctx context.Context, f AccountFilter, page int) (AccountPage, error) {
	p := AccountPage{Page: page}
	args := pgx.NamedArgs{"role": string(f.Role), "state": string(f.State), "words": f.Words, "most": AccountsPerPage}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select count(*) from account a where `+matchAccount, args).Scan(&p.Total); err != nil {
			return err
		}
		p.Pages = max(1, (p.Total+AccountsPerPage-1)/AccountsPerPage)
		p.Page = max(1, min(page, p.Pages))
		args["skip"] = (p.Page - 1) * AccountsPerPage
		list, err := accounts(ctx, tx, `a.id in (select id from account a where `+matchAccount+`
			order by lower(name), id limit @most offset @skip) order by lower(a.name), a.id`, args)
		p.List = list
		return err
	})
	if err != nil {
		return AccountPage{}, fmt.Errorf("list people: %w", err)
	}
	return p, nil
}

// Known returns accounts by their numbers, at most MaxAccounts; those that
// there are not are left out.
func (s *Accounts) ByIDs(ctx context.Context, ids []account.ID) (map[account.ID]account.Account, error) {
	list, err := accounts(ctx, s.pool, `a.id = any(@ids)`, pgx.NamedArgs{"ids": numbers(ids)})
	if err != nil {
		return nil, fmt.Errorf("load accounts: %w", classify(err))
	}
	known := map[account.ID]account.Account{}
	for _, a := range list {
		known[a.ID] = a
	}
	return known, nil
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

// MaxAccounts bounds a list of accounts: more than an administrator reads, and
// what a page can hold.
const MaxAccounts = 500

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
