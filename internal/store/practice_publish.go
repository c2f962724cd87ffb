package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
)

// publish writes the practice of an approved submission with a new revision,
// and announces the change to every running catalogue.
func (a *advance) publish(ctx context.Context) error {
	w := writer{tx: a.tx, at: a.step.At}
	if err := a.lockCatalogue(ctx); err != nil {
		return err
	}
	before, err := a.before(ctx)
	if err != nil {
		return err
	}
	after := a.now.Published(before)
	a.outdated = newlyOutdated(before, after)
	if after.Slug == "" {
		if after.Slug, err = freeSlug(ctx, a.tx, after); err != nil {
			return err
		}
	}
	in, err := newIncoming(after)
	if err != nil {
		return err
	}
	in.Number, in.revision, in.origin, in.language = before.Number, before.Revision+1, bySubmission, a.now.Language
	if a.now.Correction != nil {
		in.origin = byCorrection
	}
	due := []incoming{in}
	if err := w.begin(ctx, due); err != nil {
		return err
	}
	if err := w.write(ctx, due); err != nil {
		return err
	}
	a.now.Practice, a.now.Slug = due[0].Number, after.Slug
	_, err = a.tx.Exec(ctx, `with first as (update practice set published = @at where number = @practice and revision = 1)
		update submission set practice = @practice where id = @id`,
		pgx.NamedArgs{"at": a.step.At, "practice": a.now.Practice, "id": int64(a.id)})
	return err
}

// lockCatalogue makes writers of practices wait for one another, before they read
// anything.
func (a *advance) lockCatalogue(ctx context.Context) error {
	_, err := a.tx.Exec(ctx, `select number from catalogue_change for update`)
	return err
}

// newlyOutdated lists the languages whose text a change has made outdated.
func newlyOutdated(before, after practice.Practice) []practice.Language {
	var found []practice.Language
	for i, text := range after.Texts {
		if text.State == practice.Outdated && (i >= len(before.Texts) || before.Texts[i].State != practice.Outdated) {
			found = append(found, text.Language)
		}
	}
	return found
}

// before loads the practice as it is now; the zero value for a new one.
func (a *advance) before(ctx context.Context) (practice.Practice, error) {
	if a.now.Practice == 0 {
		return practice.Practice{}, nil
	}
	found, err := load(ctx, a.tx, scope{where: "p.number = @number", args: pgx.NamedArgs{"number": a.now.Practice}, sections: true})
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return practice.Practice{}, err
	}
	return found[0], nil
}

// freeSlug derives the address of a new practice from its title and first city.
// If it is taken, or once was, "-2" and so on is appended.
func freeSlug(ctx context.Context, tx pgx.Tx, p practice.Practice) (string, error) {
	name := p.Texts[0].Title
	if len(p.Place.Cities) > 0 && !strings.Contains(name, p.Place.Cities[0].Name) {
		name += " " + p.Place.Cities[0].Name
	}
	// Leave room for a number of four digits.
	slug := practice.Slugify(name)
	slug = strings.TrimRight(slug[:min(len(slug), practice.MaxSlug-5)], "-")
	rows, err := tx.Query(ctx, `select slug from practice where starts_with(slug, @slug) union select slug from old_slug where starts_with(slug, @slug)`,
		pgx.NamedArgs{"slug": slug})
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	var one string
	if _, err := pgx.ForEachRow(rows, []any{&one}, func() error { taken[one] = true; return nil }); err != nil {
		return "", err
	}
	for n, try := 2, slug; ; n++ {
		if !taken[try] {
			return try, nil
		}
		try = fmt.Sprintf("%s-%d", slug, n)
	}
}
