package store

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// How practices are read for files. A batch is large enough for round trips not to
// matter, and a few of them fit into the memory that a file may take.
const (
	exportBatch = 400
	// exportReaders is how many batches of all exports together are read at once: so
	// many keep a core busy, and leave connections to pages.
	exportReaders = 2
	// exportTime is for one batch, and for what is asked once of a whole list. Nobody
	// waits for it as for a page.
	exportTime = 20 * time.Second
)

// InOrder reads the live practices with these numbers, whole and in this order, in
// batches: from an index what that has, so that the database is asked for little more
// than their sections. It reads a little ahead, holds no connection while the caller
// works, and stops with the caller or its context. A practice that is no longer live is
// left out; one that has changed since the index was made is as it is now. Errors:
// ErrAway, which ends it.
func (s *Practices) InOrder(ctx context.Context, x *catalogue.Index, numbers []int64) iter.Seq2[[]practice.Practice, error] {
	return func(yield func([]practice.Practice, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		for next := range s.readAhead(ctx, x, numbers) {
			if read := <-next; !yield(read.list, read.err) || read.err != nil {
				return
			}
		}
	}
}

// batch is what was read of a list.
type batch struct {
	list []practice.Practice
	err  error
}

// readAhead begins to read batches, each of which comes through a channel of its own.
func (s *Practices) readAhead(ctx context.Context, x *catalogue.Index, numbers []int64) <-chan chan batch {
	begun := make(chan chan batch, exportReaders-1)
	go func() {
		defer close(begun)
		for some := range slices.Chunk(numbers, exportBatch) {
			one := make(chan batch, 1)
			select {
			case begun <- one:
			case <-ctx.Done():
				return
			}
			go func() {
				list, err := s.numbered(ctx, x, some)
				one <- batch{list, err}
			}()
		}
	}()
	return begun
}

// numbered reads the live practices with these numbers, in this order.
func (s *Practices) numbered(ctx context.Context, x *catalogue.Index, numbers []int64) ([]practice.Practice, error) {
	ctx, cancel := context.WithTimeout(ctx, exportTime)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return nil, fmt.Errorf("read practices: %w", classify(ctx.Err()))
	}
	list := make([]practice.Practice, len(numbers))
	at := make(map[int64]*practice.Practice, len(numbers))
	for i, number := range numbers {
		at[number] = &list[i]
	}
	changed, err := s.complete(ctx, x, at)
	if err == nil && len(changed) > 0 {
		err = s.reload(ctx, changed, at)
	}
	if err != nil {
		return nil, fmt.Errorf("read practices: %w", err)
	}
	return slices.DeleteFunc(list, func(p practice.Practice) bool { return p.Number == 0 }), nil
}

// complete reads those of the live practices that are as the index has them, and returns
// the numbers of the others.
func (s *Practices) complete(ctx context.Context, x *catalogue.Index, at map[int64]*practice.Practice) (changed []int64, err error) {
	err = s.ask(ctx, func(ctx context.Context, on db) (err error) {
		changed, err = on.complete(ctx, x, at)
		return err
	})
	return changed, err
}

func (d db) complete(ctx context.Context, x *catalogue.Index, at map[int64]*practice.Practice) (changed []int64, err error) {
	rows, err := d.pool.Query(ctx, `select number, change, nullif(keywords, '{}'), language, nullif(sections, '{}'::jsonb), nullif(attachments, '[]'::jsonb)
		from practice p join practice_text t on practice = number where number = any(@numbers) and p.state = 'live'`,
		pgx.NamedArgs{"numbers": slices.Collect(maps.Keys(at))})
	if err != nil {
		return nil, err
	}
	err = each(rows, func() error {
		var number, change int64
		var keywords []string
		var t practice.Text
		err := rows.Scan(&number, &change, &keywords, &t.Language, &t.Sections, &t.Attachments)
		p, known := at[number], change <= x.Change()
		if known && p.Number == 0 {
			*p, known = x.Practice(number)
			p.Keywords = keywords
		}
		of := slices.IndexFunc(p.Texts, func(is practice.Text) bool { return is.Language == t.Language })
		if !known || of < 0 {
			changed = append(changed, number)
			return err
		}
		p.Texts[of].Sections, p.Texts[of].Attachments = t.Sections, t.Attachments
		return err
	})
	return changed, err
}

// reload reads live practices as they are now.
func (s *Practices) reload(ctx context.Context, numbers []int64, at map[int64]*practice.Practice) error {
	return s.db.snapshot(ctx, func(tx pgx.Tx) error {
		list, err := load(ctx, tx, scope{where: "p.number = any(@numbers) and p.state = 'live'", lists: "practice = any(@numbers)",
			args: pgx.NamedArgs{"numbers": numbers}, sections: true})
		for _, p := range list {
			*at[p.Number] = p
		}
		return err
	})
}

// Translated returns the languages, in alphabetical order, into which practices with
// these numbers are translated. Errors: ErrAway.
func (s *Practices) Translated(ctx context.Context, numbers []int64) ([]practice.Language, error) {
	ctx, cancel := context.WithTimeout(ctx, exportTime)
	defer cancel()
	var languages []practice.Language
	err := s.ask(ctx, func(ctx context.Context, on db) (err error) {
		languages, err = translated(ctx, on.pool, `practice = any(@numbers)`, pgx.NamedArgs{"numbers": numbers})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read languages: %w", err)
	}
	return languages, nil
}

func translated(ctx context.Context, q querier, where string, args pgx.NamedArgs) ([]practice.Language, error) {
	rows, err := q.Query(ctx, `select distinct language from practice_text where position > 0 and `+where+` order by language`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[practice.Language])
}

// Dated is a practice with the time of its last revision.
type Dated struct {
	Number int64
	At     time.Time
}

// Latest lists the live practices among these numbers that were revised last, at most
// limit of them, the latest first. Errors: ErrAway.
func (s *Practices) Latest(ctx context.Context, numbers []int64, limit int) ([]Dated, error) {
	ctx, cancel := context.WithTimeout(ctx, exportTime)
	defer cancel()
	rows, err := rowsOf(ctx, s.question(`select p.number, r.written from practice p
		join practice_revision r on r.practice = p.number and r.revision = p.revision
		where r.practice = any(@numbers) and p.state = 'live' order by r.written desc, r.practice desc limit @limit`,
		pgx.QueryExecModeExec, // planned for so many numbers, not for any: else all would be read
		pgx.NamedArgs{"numbers": numbers, "limit": limit}), pgx.RowToStructByPos[Dated])
	if err != nil {
		return nil, fmt.Errorf("read latest practices: %w", err)
	}
	return rows, nil
}

// Turn is the place of a practice in the order of changes, in which one that changes
// moves to the end: whoever walks through it misses nothing.
type Turn struct{ Change, Number int64 }

// Seen is what the last part of a walk knew: a change, and its mark.
type Seen struct {
	Change int64
	Mark   string
}

// Walk is a stretch of the order of changes.
type Walk struct {
	After Turn
	Seen  Seen    // zero for a walk that begins
	Upto  int64   // the last change that counts
	Among []int64 // numbers of the practices that count; nil for all
	Limit int
}

// ByChange lists the live practices of a stretch. Errors: ErrOtherHistory if the database
// lost what was seen, as by going back to a backup: its changes have other numbers since.
// ErrAway.
func (s *Practices) ByChange(ctx context.Context, w Walk) ([]Turn, error) {
	if err := s.knows(ctx, w.Seen); err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	rows, err := rowsOf(ctx, s.question(`select change, number from practice where state = 'live' and (change, number) > (@change, @number)
		and change <= @upto and (@all or number = any(@among)) order by change, number limit @limit`,
		pgx.NamedArgs{"change": w.After.Change, "number": w.After.Number, "upto": w.Upto, "all": w.Among == nil, "among": w.Among, "limit": w.Limit}), pgx.RowToStructByPos[Turn])
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	return rows, nil
}

// knows checks that the database has what was seen. Of changes that are so old that they
// have no mark any more that is taken for granted.
func (s *Practices) knows(ctx context.Context, seen Seen) error {
	if seen == (Seen{}) {
		return nil
	}
	return s.ask(ctx, func(ctx context.Context, on db) error {
		var last int64
		var mark string
		err := on.pool.QueryRow(ctx, `select number, coalesce((select mark from catalogue_mark where number = @seen), @mark) from catalogue_change`,
			pgx.NamedArgs{"seen": seen.Change, "mark": seen.Mark}).Scan(&last, &mark)
		if err == nil && (mark != seen.Mark || seen.Change > last && !on.standby) { // a replica may be late
			err = ErrOtherHistory
		}
		return err
	})
}

// Harvest is a stretch of the order of changes for those who keep copies of records.
type Harvest struct {
	After        Turn
	From, Before time.Time // of the last change; zero for no bound
	Topic        practice.Topic
	Number       int64 // only this practice; 0 for all
	Limit        int
}

// Record is a practice as its copies are kept: archived ones are records of what was.
type Record struct {
	Turn
	At       time.Time // when it changed last
	Archived bool
	Topics   []practice.Topic
}

// Harvested lists the practices of a stretch, archived ones too. Errors: ErrAway.
func (s *Practices) Harvested(ctx context.Context, h Harvest) ([]Record, error) {
	ctx, cancel := context.WithTimeout(ctx, exportTime)
	defer cancel()
	where := `(p.change, p.number) > (@change, @after)`
	if h.Number != 0 { // or the one would be looked for among all
		where = `p.number = @number`
	}
	rows, err := rowsOf(ctx, s.question(`select p.change, p.number, at, p.state = 'archived',
			array(select topic from practice_topic where practice = p.number order by position)
		from practice p join practice_revision r on r.practice = p.number and r.revision = p.revision
		cross join lateral (select greatest(r.written, (select max(e.at) from event e
			where e.subject = 'practice' and e.number = p.number and e.action in ('archive', 'restore'))) as at) changed
		where `+where+`
		and (@from::timestamptz is null or at >= @from) and (@before::timestamptz is null or at < @before)
		and (@topic = '' or exists (select from practice_topic where practice = p.number and topic = @topic))
		order by p.change, p.number limit @limit`,
		pgx.NamedArgs{"change": h.After.Change, "after": h.After.Number, "number": h.Number, "from": stamped(h.From), "before": stamped(h.Before),
			"topic": string(h.Topic), "limit": h.Limit}), func(row pgx.CollectableRow) (r Record, err error) {
		err = row.Scan(&r.Change, &r.Number, &r.At, &r.Archived, &r.Topics)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	return rows, nil
}

// Unseen is for how long changes have been on their way that nobody sees yet: they are
// dated when they begin, and seen when they are done, a large import minutes later. Each
// has a hold on the table of changes. Errors: ErrAway.
func (s *Practices) Unseen(ctx context.Context) (age time.Duration, err error) {
	err = s.pool.QueryRow(ctx, `select coalesce(clock_timestamp() - min(xact_start), '0') from pg_stat_activity a join pg_locks using (pid)
		where a.datname = current_database() and locktype = 'relation' and relation = 'catalogue_change'::regclass
		and mode in ('RowShareLock', 'RowExclusiveLock')`).Scan(&age)
	if err != nil {
		return 0, fmt.Errorf("look for changes on their way: %w", classify(err))
	}
	return age, nil
}

// Earliest is a time before which no record has changed last; zero if there are none.
// Errors: ErrAway.
func (s *Practices) Earliest(ctx context.Context) (time.Time, error) {
	var at *time.Time
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select min(written) from practice_revision`).Scan(&at)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("find earliest record: %w", err)
	}
	return value(at), nil
}

// Export reads every live practice in the order of their numbers, in batches from one
// snapshot, and first the languages of their translations. Errors: those of begin and
// write, ErrAway.
func (s *Practices) Export(ctx context.Context, begin func([]practice.Language) error, write func([]practice.Practice) error) error {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	// What is written cannot be taken back, so that only one server is asked.
	err := s.at(s.pool).snapshot(ctx, func(tx pgx.Tx) error {
		languages, err := translated(ctx, tx, `practice in (select number from practice where state = 'live')`, nil)
		if err == nil {
			err = begin(languages)
		}
		var last int64
		if err == nil {
			err = tx.QueryRow(ctx, `select coalesce(max(number), 0) from practice`).Scan(&last)
		}
		for from := int64(1); err == nil && from <= last; from += exportBatch {
			var some []practice.Practice
			some, err = load(ctx, tx, scope{where: "p.number >= @from and p.number < @to and p.state = 'live'",
				lists: "practice >= @from and practice < @to", args: pgx.NamedArgs{"from": from, "to": from + exportBatch}, sections: true})
			if err == nil {
				err = write(some)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
