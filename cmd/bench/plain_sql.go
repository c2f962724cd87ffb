package main

import (
	"context"
	"fmt"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
)

// plainTime bounds how long one listing may take by plain SQL; beyond that the
// figure no longer matters.
const plainTime = 20 * time.Second

// plainQuestions are the listings that plain SQL is asked for.
func plainQuestions(w words) map[string][]catalogue.Selection {
	topics := make([]catalogue.Selection, 0, len(practice.Topics))
	for _, topic := range practice.Topics {
		topics = append(topics, everything.Only(catalogue.Topic, string(topic)))
	}
	return map[string][]catalogue.Selection{plainAll: {everything}, plainTopic: topics, plainThree: three(), plainCommon: searches(w.common)}
}

// plain asks Postgres directly for what a listing shows: a single reader, for as long
// as the rounds of each other question.
func (t *trial) plain(ctx context.Context) ([]result, error) {
	questions := plainQuestions(t.chosen)
	var all []result
	for _, name := range []string{plainAll, plainTopic, plainThree, plainCommon} {
		r, err := t.askPlainSQL(ctx, questions[name])
		if err != nil {
			return all, fmt.Errorf("%s: %w", name, err)
		}
		one := task{question: &question{name: name, addresses: make([]string, len(questions[name]))}, concurrency: alone, rounds: []round{r}}
		one.question.asked.Store(int64(len(r.latencies)))
		all = append(all, one.result())
	}
	logf("plain SQL is done")
	return all, nil
}

// askPlainSQL asks for selections in an order in which similar ones do not follow
// one another.
func (t *trial) askPlainSQL(ctx context.Context, selections []catalogue.Selection) (r round, err error) {
	before, err := treeTime(t.site.postgres)
	if err != nil {
		return r, err
	}
	began := time.Now()
	for i := 0; time.Since(began) < t.Round*time.Duration(t.Rounds) || i < leastPlain; i++ {
		asked := time.Now()
		if err := t.listBySQL(ctx, selections[i*stride%len(selections)]); err != nil {
			return r, err
		}
		r.latencies = append(r.latencies, time.Since(asked))
	}
	r.took = time.Since(began)
	after, err := treeTime(t.site.postgres)
	r.used.sql = after - before
	return r, err
}

// leastPlain is the fewest queries on which a figure rests, however slow they are.
const leastPlain = 3

func (t *trial) listBySQL(ctx context.Context, s catalogue.Selection) error {
	ctx, cancel := context.WithTimeout(ctx, plainTime)
	defer cancel()
	var worded store.Worded
	if s.Words != "" {
		var err error
		if worded, err = t.store.Practices.WordedBySQL(ctx, s.Words); err != nil {
			return err
		}
	}
	counted, err := t.store.Practices.ListBySQL(ctx, s, worded, time.Now())
	if err == nil && s.Words != "" && counted.Total == 0 {
		err = fmt.Errorf("%q finds nothing", s.Words)
	}
	return err
}
