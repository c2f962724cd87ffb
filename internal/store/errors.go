package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"

	"exempla/internal/practice"
)

// broken reports whether a connection broke in the middle of an answer, or the
// program has closed all of them.
func broken(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, puddle.ErrClosedPool) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) // the last two come from migrations, by way of database/sql
}

// Errors to be told apart with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrAway     = errors.New("database away")    // no connection, or no answer in time
	ErrNoText   = errors.New("no text")          // bytes that are no text, such as NUL, which Postgres does not take
	ErrSlow     = errors.New("search took long") // and was cut off; the database itself is well
)

// Moved is the error for a former address of a practice.
type Moved struct{ Slug string } // the present address

// Error names the new address.
func (m Moved) Error() string { return "moved to " + m.Slug }

// Archived is the error for a practice that is no longer shown.
type Archived struct {
	Reason   string            // in an editor's words
	Practice practice.Practice // without its sections
}

// Error leaves the reason out; showing it is up to the page.
func (a Archived) Error() string { return "archived" }

// readOnly is the code of Postgres for a change that it does not take, because it is a
// standby or is about to become one.
const readOnly = "25006"

// Codes of Postgres for bytes that are no text.
const (
	notInRepertoire = "22021"
	untranslatable  = "22P05" // in JSON
)

// closes reports whether a connection is given up after an error. One to a server that
// has stopped taking changes is, so that the next one leads to the server that takes them.
func closes(err *pgconn.PgError) bool {
	return err.Code == readOnly || strings.EqualFold(err.SeverityUnlocalized, "FATAL")
}

// died reports whether a connection that had been made ended without an answer, or with
// the word that it ends. Silence is none of these: it would be waited for twice.
func died(err error) bool {
	var network *net.OpError
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case errors.As(err, &connect), pgconn.Timeout(err), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, puddle.ErrClosedPool):
		return false
	case errors.As(err, &server):
		return closes(server)
	}
	return errors.As(err, &network) || broken(err)
}

// classify wraps errors that mean the database cannot be reached in ErrAway, those that
// mean that something is no text in ErrNoText, and returns others unchanged.
func classify(err error) error {
	var network *net.OpError
	var connect *pgconn.ConnectError
	var server *pgconn.PgError
	switch {
	case err == nil, errors.Is(err, ErrAway):
		return err
	case errors.As(err, &connect): // whatever the server says: its database may just be put back (3D000)
		return fmt.Errorf("%w: %w", ErrAway, err)
	case errors.As(err, &server):
		if server.Code == notInRepertoire || server.Code == untranslatable {
			return fmt.Errorf("%w: %w", ErrNoText, err)
		}
		// Class 57 is operator intervention, 53 insufficient resources, 08 connection trouble.
		if class := server.Code[:2]; class == "57" || class == "53" || class == "08" || server.Code == readOnly {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &network), pgconn.Timeout(err), pgconn.SafeToRetry(err), broken(err):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// orNotFound replaces pgx.ErrNoRows with ErrNotFound.
func orNotFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
