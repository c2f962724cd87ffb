package respond_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"exempla/internal/server/respond"
)

// deadlines is a writer that remembers the deadlines of its connection.
type deadlines struct {
	*httptest.ResponseRecorder
	read, write time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error  { d.read = t; return nil }
func (d *deadlines) SetWriteDeadline(t time.Time) error { d.write = t; return nil }

// piece is what arrives of a body in a while, in bytes.
const piece = 100 << 10

func TestBodyIsReadPatiently(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	synctest.Test(t, func(t *testing.T) {
		d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		h := page(s, func(r *respond.Request) (respond.Response, error) {
			r.ReadPatiently()
			for range 3 { // each piece of the body renews the deadlines
				if _, err := r.Body.Read(make([]byte, piece)); err != nil {
					t.Fatal(err)
				}
				if d.read != time.Now().Add(30*time.Second) || d.write != time.Now().Add(30*time.Second+respond.WriteTime) {
					t.Errorf("at %s: read until %s, write until %s", time.Now(), d.read, d.write)
				}
				<-time.After(20 * time.Second)
			}
			if rest, err := io.ReadAll(r.Body); err != nil || len(rest) != piece {
				t.Errorf("the rest has %d bytes: %v", len(rest), err)
			}
			if !d.read.IsZero() {
				t.Errorf("after the body the connection may be read until %s", d.read)
			}
			return respond.Response{Page: text("x")}, nil
		})
		h.ServeHTTP(d, httptest.NewRequest(http.MethodPost, "/en/x", bytes.NewReader(make([]byte, 4*piece))))
	})
}

func TestBodyMayNotTakeForEver(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	const most = 20 << 20
	synctest.Test(t, func(t *testing.T) {
		h := s.IdentifyClient(respond.GuessLanguage(s.Upload(func(r *respond.Request) (respond.Response, error) {
			r.ReadPatiently()
			if _, err := io.ReadFull(r.Body, make([]byte, most-4)); err != nil {
				t.Error(err)
			}
			<-time.After(70 * time.Minute)
			if _, err := r.Body.Read(make([]byte, 2)); err != nil {
				t.Errorf("after 70 minutes: %v", err)
			}
			<-time.After(time.Second)
			_, err := r.Body.Read(make([]byte, 4))
			if !errors.Is(err, respond.ErrTooLarge) {
				t.Errorf("after the longest time: %v", err)
			}
			return respond.Response{}, err
		})))
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/en/x", bytes.NewReader(make([]byte, most)))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		h.ServeHTTP(w, r)
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d", w.Code)
		}
	})
}

// Who sends a file byte by byte does not hold a connection for as long as the largest file
// takes.
func TestBodyMayNotDrip(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		h := page(s, func(r *respond.Request) (respond.Response, error) {
			r.ReadPatiently()
			for {
				if _, err := r.Body.Read(make([]byte, 1)); err != nil {
					return respond.Response{}, err
				}
				<-time.After(10 * time.Second)
			}
		})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/en/x", bytes.NewReader(make([]byte, piece))))
		if took := time.Since(begin); w.Code != http.StatusBadRequest || took > time.Minute {
			t.Errorf("status %d after %s", w.Code, took)
		}
	})
}
