package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

// patience is how long these tests let a question for a page wait.
const patience = 2 * time.Second

// A page does not wait longer than people do for a database that does not answer. Work that may take long waits.
func TestQuestionsHaveALimit(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("a"))
	conn, err := pgx.Connect(t.Context(), testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), `begin; lock table practice, catalogue_change`); err != nil {
		t.Fatal(err)
	}

	s.Limit(store.PageTime)
	began := time.Now()
	for range 2 {
		if _, err := s.Practices.Find(t.Context(), "a"); !errors.Is(err, store.ErrAway) {
			t.Errorf("a page gets %v", err)
		}
	}
	if took := time.Since(began); took > patience {
		t.Errorf("a page waited for %s", took)
	}
	imported := make(chan error)
	go func() {
		_, err := s.Practices.Import(context.Background(), many(1), monday, func(int) {})
		imported <- err
	}()
	if _, err := s.Practices.Find(t.Context(), "a"); !errors.Is(err, store.ErrAway) {
		t.Errorf("another page gets %v", err)
	}
	if _, err := conn.Exec(t.Context(), `commit`); err != nil {
		t.Fatal(err)
	}
	if err := <-imported; err != nil {
		t.Errorf("an import that had to wait: %v", err)
	}
	if _, err := s.Practices.Find(t.Context(), "a"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// While the program ends, its last requests find the store closed.
func TestClosedStoreIsAway(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	s.Close()
	if _, err := s.Practices.Find(t.Context(), "a"); !errors.Is(err, store.ErrAway) {
		t.Errorf("%v", err)
	}
}
