package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// Pages answer "come back in a moment" to what the database will get over, and
// "our fault" to the rest, so the two must not be mixed up.
func TestKindOfError(t *testing.T) {
	t.Parallel()
	// A change whose connection has ended after its last statement.
	_, ended := new(pgconn.PgConn).Prepare(t.Context(), "", "select 1", nil)
	for name, c := range map[string]struct {
		err  error
		away bool
	}{
		"none":               {nil, false},
		"shutting down":      {&pgconn.PgError{Code: "57P01"}, true},
		"cancelled":          {&pgconn.PgError{Code: "57014"}, true},
		"too many of us":     {&pgconn.PgError{Code: "53300"}, true},
		"connection failure": {&pgconn.PgError{Code: "08006"}, true},
		"wrong statement":    {&pgconn.PgError{Code: "42601"}, false},
		"broken rule":        {fmt.Errorf("write: %w", &pgconn.PgError{Code: "23505"}), false},
		"refused":            {&net.OpError{Op: "dial", Err: errors.New("refused")}, true},
		"cut off":            {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true},
		"ended before":       {ended, true},
		"too slow":           {context.DeadlineExceeded, true},
		"reader went away":   {context.Canceled, false},
		"no practice":        {ErrNotFound, false},
	} {
		got := classify(c.err)
		if errors.Is(got, ErrAway) != c.away || !errors.Is(got, c.err) {
			t.Errorf("%s: %v", name, got)
		}
		if again := classify(got); again != got {
			t.Errorf("%s: marked twice: %v", name, again)
		}
	}
}
