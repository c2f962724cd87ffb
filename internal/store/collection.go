package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Collections are what editors have put together.
type Collections struct{ db }

// Actions on collections, each with its wording as message "event.<action>".
const (
	CreateCollection   = "create_collection"
	ChangeCollection   = "change_collection"
	PublishCollection  = "publish_collection"
	WithdrawCollection = "withdraw_collection"
)

// CollectionActions lists the actions above, for the filter of the audit log.
var CollectionActions = []string{CreateCollection, ChangeCollection, PublishCollection, WithdrawCollection}

const selectCollections = `select id, slug, state, version, texts, practices, selection, changed, published from collection `

func scanCollection(row pgx.CollectableRow) (c practice.Collection, err error) {
	var published *time.Time
	err = row.Scan(&c.ID, &c.Slug, &c.State, &c.Version, &c.Texts, &c.Practices, &c.Selection, &c.Changed, &published)
	c.Published = value(published)
	return c, err
}

func (s *Collections) list(ctx context.Context, rest string, args pgx.NamedArgs) ([]practice.Collection, error) {
	list, err := rowsOf(ctx, s.question(selectCollections+rest, args), scanCollection)
	if err != nil {
		return nil, fmt.Errorf("list collections: %w", err)
	}
	return list, nil
}

// Published lists the collections that residents see, the latest first. Errors: ErrAway.
func (s *Collections) Published(ctx context.Context) ([]practice.Collection, error) {
	return s.list(ctx, `where state = 'published' order by published desc, id desc limit @most`, pgx.NamedArgs{"most": MaxListed})
}

// All lists all collections, the one changed last first. Errors: ErrAway.
func (s *Collections) All(ctx context.Context) ([]practice.Collection, error) {
	return s.list(ctx, `order by changed desc, id desc limit @most`, pgx.NamedArgs{"most": MaxListed})
}

// BySlug returns the collection at an address, whatever its state. Errors: ErrNotFound,
// ErrAway.
func (s *Collections) BySlug(ctx context.Context, slug string) (practice.Collection, error) {
	var c practice.Collection
	err := s.ask(ctx, func(ctx context.Context, on db) (err error) {
		c, err = only((&Collections{on}).list(ctx, `where slug = @slug`, pgx.NamedArgs{"slug": slug}))
		if on.standby && (errors.Is(err, ErrNotFound) || err == nil && !c.Public()) {
			return errPerhapsNewer // drafts are no changes of the catalogue
		}
		return err
	})
	return c, err
}

// Find returns a collection. Errors: ErrNotFound, ErrAway.
func (s *Collections) Find(ctx context.Context, id int64) (practice.Collection, error) {
	return only(s.list(ctx, `where id = @id`, pgx.NamedArgs{"id": id}))
}

func only(list []practice.Collection, err error) (practice.Collection, error) {
	switch {
	case err != nil:
		return practice.Collection{}, err
	case len(list) == 0:
		return practice.Collection{}, fmt.Errorf("find a collection: %w", ErrNotFound)
	}
	return list[0], nil
}

// Save stores a collection: a new one, with ID 0, as a draft at a free address like its
// slug; else its texts, its practices and its selection, if the version is still the one
// that there is. It returns it as stored. Errors: ErrNotFound; submission.ErrConflict if
// it has been changed since that version; ErrAway.
func (s *Collections) Save(ctx context.Context, c practice.Collection, by account.ID, at time.Time) (practice.Collection, error) {
	return s.change(ctx, c, Event{At: at, Account: by, Action: ChangeCollection}, func(now *practice.Collection) error {
		now.Texts, now.Practices, now.Selection = c.Texts, c.Practices, c.Selection
		return nil
	})
}

// CollectionStep publishes or withdraws a collection.
type CollectionStep struct {
	To practice.CollectionState
	By account.ID // 0 for the program
	At time.Time
}

// Advance publishes or withdraws a collection of a version. Errors: those of Save;
// submission.ErrState if that has been done already.
func (s *Collections) Advance(ctx context.Context, c practice.Collection, step CollectionStep) (practice.Collection, error) {
	action := PublishCollection
	if step.To == practice.WithdrawnCollection {
		action = WithdrawCollection
	}
	return s.change(ctx, c, Event{At: step.At, Account: step.By, Action: action}, func(now *practice.Collection) error {
		if now.State == step.To || step.To == practice.WithdrawnCollection && !now.Public() {
			return submission.ErrState
		}
		now.State = step.To
		if now.Published.IsZero() {
			now.Published = step.At
		}
		return nil
	})
}

// Add publishes collections whose practices are named by their slugs; one at whose
// address there is one already is left out. Errors: ErrNotFound if there is no such
// practice, ErrAway.
func (s *Collections) Add(ctx context.Context, list []practice.NamedCollection, at time.Time) error {
	for _, c := range list {
		if _, err := s.BySlug(ctx, c.Slug); !errors.Is(err, ErrNotFound) {
			if err != nil {
				return err
			}
			continue
		}
		rows, err := s.pool.Query(ctx, `select number from practice join unnest(@slugs::text[]) with ordinality as n (slug, position)
			using (slug) order by position`, pgx.NamedArgs{"slugs": c.Slugs})
		if err == nil {
			c.Practices, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		}
		if err == nil && len(c.Practices) < len(c.Slugs) {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("add the collection %s: %w", c.Slug, classify(err))
		}
		saved, err := s.Save(ctx, c.Collection, 0, at)
		if err == nil {
			_, err = s.Advance(ctx, saved, CollectionStep{To: practice.PublishedCollection, At: at})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// change applies a change to a collection. The event, and the change of the catalogue if
// residents see it, are written in the same transaction.
func (s *Collections) change(ctx context.Context, c practice.Collection, e Event, apply func(*practice.Collection) error) (practice.Collection, error) {
	now := c
	err := s.write(ctx, func(tx pgx.Tx) error {
		// Writers of what residents read wait for one another here.
		if _, err := tx.Exec(ctx, `select number from catalogue_change for update`); err != nil {
			return err
		}
		before, err := stored(ctx, tx, c, &e)
		if err != nil {
			return err
		}
		now = before
		if err := apply(&now); err != nil {
			return err
		}
		now.Version++
		now.Changed = e.At
		if before.Public() || now.Public() {
			if _, err := announce(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `update collection set state = @state, version = @version, texts = @texts, practices = @practices,
			selection = @selection, changed = @changed, published = @published where id = @id`, pgx.NamedArgs{
			"id": now.ID, "state": string(now.State), "version": now.Version, "texts": now.Texts, "practices": append([]int64{}, now.Practices...),
			"selection": now.Selection, "changed": now.Changed, "published": stamped(now.Published)}); err != nil {
			return err
		}
		e.Subject, e.Number, e.To = OfCollection, now.ID, string(now.State)
		return record(ctx, tx, e)
	})
	if err != nil {
		return now, fmt.Errorf("%s: %w", e.Action, classify(err))
	}
	return now, nil
}

// stored reads a collection as it is, or makes a row for a new one.
func stored(ctx context.Context, tx pgx.Tx, c practice.Collection, e *Event) (practice.Collection, error) {
	if c.ID == 0 {
		e.Action = CreateCollection
		return made(ctx, tx, c, e.At)
	}
	rows, err := tx.Query(ctx, selectCollections+`where id = @id for update`, pgx.NamedArgs{"id": c.ID})
	if err != nil {
		return c, err
	}
	now, err := pgx.CollectExactlyOneRow(rows, scanCollection)
	switch {
	case err != nil:
		return c, orNotFound(err)
	case now.Version != c.Version:
		return now, submission.ErrConflict
	}
	e.From, e.Version = string(now.State), now.Version
	return now, nil
}

// triedAddresses is how many collections may have the same title.
const triedAddresses = 100

// made is a new draft at the first free address like its slug.
func made(ctx context.Context, tx pgx.Tx, c practice.Collection, at time.Time) (practice.Collection, error) {
	wanted := c.Slug
	for n := 1; n <= triedAddresses; n++ {
		if n > 1 {
			c.Slug = wanted + "-" + strconv.Itoa(n)
		}
		err := tx.QueryRow(ctx, `insert into collection (slug, version, texts, changed) values (@slug, 0, @texts, @at)
			on conflict (slug) do nothing returning id`, pgx.NamedArgs{"slug": c.Slug, "texts": c.Texts, "at": at}).Scan(&c.ID)
		if !errors.Is(err, pgx.ErrNoRows) {
			c.State, c.Version = practice.DraftCollection, 0
			return c, err
		}
	}
	return c, submission.ErrConflict
}
