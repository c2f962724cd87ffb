package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// AccountsPerPage is the page size of the list of accounts.
const AccountsPerPage = 50

// AccountPage is one page of the list of accounts.
type AccountPage struct {
	List  []account.Account
	Total int
	Page  int // counted from 1
	Pages int // at least 1
}

// Page returns one page of the accounts that match a filter, ordered by name.
// Pages count from 1; a number beyond the last page returns the last one. The
// filter's city is ignored. Errors: ErrAway.
func (s *Accounts) Page(ctx context.Context, f AccountFilter, page int) (AccountPage, error) {
	p := AccountPage{Page: page}
	args := pgx.NamedArgs{"role": string(f.Role), "state": string(f.State), "words": f.Words, "most": AccountsPerPage}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select count(*) from account a where `+matchAccount, args).Scan(&p.Total); err != nil {
			return err
		}
		p.Page, p.Pages = pageOf(page, p.Total, AccountsPerPage)
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

// pageOf is the page of a list that is shown when one is asked for, and how many there
// are: pages count from 1, there is at least one, and behind the last comes none.
func pageOf(asked, total, size int) (page, pages int) {
	pages = max(1, (total+size-1)/size)
	return max(1, min(asked, pages)), pages
}

// ByIDs returns the accounts with these IDs, at most MaxAccounts. Unknown IDs
// are left out. Errors: ErrAway.
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

// AccountFilter narrows a list of accounts. Empty fields match everything.
type AccountFilter struct {
	Role  account.Role
	State account.State
	City  account.City // its name is ignored
	Words string       // part of the name or mail address
}

// matchAccount is the filter as a condition on table account a, without its
// city.
const matchAccount = `(@role = '' or @role = any(a.roles)) and (@state = '' or a.state = @state)
	and (@words = '' or strpos(lower(a.name || ' ' || coalesce(a.mail, '')), lower(@words)) > 0)`

// MaxAccounts limits a list of accounts to what a page can hold; it is more
// than an administrator would read.
const MaxAccounts = 500

// List returns the accounts that match a filter, ordered by name, at most
// MaxAccounts. Errors: ErrAway.
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

// Names returns people's names by account. Accounts without a name, such as
// erased ones and open invitations, are left out; what to call them is up to
// the page. Errors: ErrAway.
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
