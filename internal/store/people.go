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
