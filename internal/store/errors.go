package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// broken reports whether a connection ended in the middle of an answer.
func broken(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) // the last two are how migrations see it
}

// Kinds of errors, to be told apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrAway     = errors.New("database away")    // no connection, or none in time
	ErrSlow     = errors.New("search took long") // and was cut off; the database is well
)

// Moved is the error for an address that a practice had once.
type Moved struct{ Slug string } // where it is now

// Error names the new address.
func (m Moved) Error() string { return "moved to " + m.Slug }

// Archived is the error for a practice that is no longer shown.
type Archived struct{ Reason string } // in an editor's words

// Error does not repeat the reason, which is for the page.
func (a Archived) Error() string { return "archived" }

// kind marks errors that mean "no database" as ErrAway and leaves others be.
func classify(err error) error {
	var network *net.OpError
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case err == nil, errors.Is(err, ErrAway):
		return err
	case errors.As(err, &server):
		// Class 57 is operator intervention, 53 insufficient resources, 08 connection trouble.
		if class := server.Code[:2]; class == "57" || class == "53" || class == "08" {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	case errors.As(err, &network), errors.As(err, &connect), pgconn.Timeout(err), broken(err):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// orNotFound says ErrNotFound for a query that found no row.
func orNotFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
