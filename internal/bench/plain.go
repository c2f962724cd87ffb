package bench

import "context"

// plain asks Postgres for what a listing shows.
func (t *trial) plain(context.Context) ([]result, error) {
	return nil, nil
}
