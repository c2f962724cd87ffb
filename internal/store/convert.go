package store

import (
	"cmp"
	"time"

	"github.com/jackc/pgx/v5"
)

// stamped returns nil for the zero time, for parameters in which null means
// none.
func stamped(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// value returns what p points at, or the zero value for nil.
func value[T any](p *T) T {
	var zero T
	return *cmp.Or(p, &zero)
}

// each calls scan for every row.
func each(rows pgx.Rows, scan func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers converts IDs to what Postgres takes.
func numbers[T ~int64](values []T) []int64 {
	list := make([]int64, 0, len(values))
	for _, v := range values {
		list = append(list, int64(v))
	}
	return list
}

// words converts string types to what Postgres takes.
func words[T ~string](values []T) []string {
	list := make([]string, 0, len(values))
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

// stated returns nil for zero, for columns in which null means not stated.
func stated(n int) any {
	if n == 0 {
		return nil
	}
	return n
}
