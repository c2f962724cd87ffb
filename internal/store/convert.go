package store

import (
	"cmp"
	"time"

	"github.com/jackc/pgx/v5"
)

// stamped is a time for a query in which null means none.
func stamped(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// value is what a pointer points at, or the zero value.
func value[T any](p *T) T {
	var zero T
	return *cmp.Or(p, &zero)
}

// each calls scan for every row; scan puts its values where they belong.
func each(rows pgx.Rows, scan func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers are values with a number as Postgres takes them.
func numbers[T ~int64](values []T) []int64 {
	list := make([]int64, 0, len(values))
	for _, v := range values {
		list = append(list, int64(v))
	}
	return list
}

// words are values that are words as Postgres takes them.
func words[T ~string](values []T) []string {
	list := make([]string, 0, len(values))
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

// stated is a number for a column in which null means not stated.
func stated(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
