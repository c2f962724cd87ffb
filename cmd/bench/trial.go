package main

import (
	"context"
	"net/http"
	"time"

	"exempla/internal/link"
	"exempla/internal/store"
)

// tag is the language of the pages that are measured.
const tag = "en"

// trial is all measuring on one catalogue.
type trial struct {
	Settings
	catalogue *collection
	store     *store.Store
	site      *process
	chosen    words // to search for
	dressed   bool  // whether the site has a theme now
	tasks     []*task
}

// task is one question for one server at one concurrency.
type task struct {
	to          *process
	question    *question
	concurrency int
	missing     bool
	rounds      []round
}

// warmUp is how long each task runs before it counts.
const warmUp = 300 * time.Millisecond

// run measures everything. The rounds of all tasks take turns, so that whatever else
// the machine does affects all alike.
func (t *trial) run(ctx context.Context, found *measurement) error {
	questions, err := t.questions(ctx)
	if err != nil {
		return err
	}
	end, err := t.addYardsticks(ctx, questions)
	if err != nil {
		return err
	}
	defer end()
	t.addTasks(t.site, questions)
	if err := t.site.waitUntilIdle(ctx); err != nil {
		return err
	}
	for count := range t.Rounds {
		for _, one := range t.tasks {
			if err := t.round(ctx, one, count == 0); err != nil {
				return err
			}
		}
		if err := t.dressFor(ctx, false); err != nil {
			return err
		}
		logf("round %d of %d is done", count+1, t.Rounds)
	}
	for _, one := range t.tasks {
		found.results = append(found.results, one.result())
	}
	plain, err := t.plain(ctx)
	found.results = append(found.results, plain...)
	return err
}

// addTasks adds questions for a server, at every concurrency that suits them.
func (t *trial) addTasks(to *process, questions []*question) {
	for _, q := range questions {
		for _, concurrency := range concurrencies {
			if q.single && concurrency != alone {
				continue
			}
			t.tasks = append(t.tasks, &task{to: to, question: q, concurrency: concurrency})
		}
	}
}

// round runs one task for the time of a round. A question whose address the server
// does not have is skipped.
func (t *trial) round(ctx context.Context, one *task, first bool) error {
	if err := t.dressFor(ctx, one.question.dressed); err != nil {
		return err
	}
	if q := one.question; q.tag != "" { // another one since the site was dressed
		page, err := fetch(ctx, one.to.address, q.addresses[0])
		if err != nil {
			return err
		}
		q.tag = page.header.Get("ETag")
	}
	if first {
		_, err := load(ctx, one.to, one.question, pace{one.concurrency, min(warmUp, t.Round)})
		if err != nil {
			return err
		}
		one.missing = one.question.name == aSuggestion
		one.missing = one.missing && !there(ctx, one.to, one.question.addresses[0])
	}
	if one.missing {
		return nil
	}
	r, err := load(ctx, one.to, one.question, pace{one.concurrency, t.Round})
	if err == nil {
		one.add(r)
	}
	return err
}

// there reports whether the server has the page.
func there(ctx context.Context, p *process, address string) bool {
	_, err := fetch(ctx, p.address, address)
	return err == nil
}

// addYardsticks starts the yardsticks with two pages of the site, and adds the tasks
// of requesting them. The caller ends the yardsticks.
func (t *trial) addYardsticks(ctx context.Context, questions []*question) (end func(), err error) {
	var started []*process
	end = func() {
		for _, p := range started {
			p.end()
		}
	}
	for _, y := range yardsticks {
		p, err := startYardstick(ctx, y.kind, t.site.address, []string{link.Catalogue(tag), t.slugs()[0]})
		if err != nil {
			end()
			return nil, err
		}
		started = append(started, p)
		t.addTasks(p, []*question{
			{name: y.listing, addresses: []string{link.Catalogue(tag)}, status: http.StatusOK},
			{name: y.practice, addresses: []string{t.slugs()[0]}, status: http.StatusOK},
		})
	}
	return end, nil
}
