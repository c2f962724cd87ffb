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

func TestBodyIsReadPatiently(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	synctest.Test(t, func(t *testing.T) {
		d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		h := page(s, func(r *respond.Request) (respond.Response, error) {
			r.ReadPatiently()
			for range 3 { // each piece of the body renews the deadlines
				if _, err := r.Body.Read(make([]byte, 4)); err != nil {
					t.Fatal(err)
				}
				if d.read != time.Now().Add(30*time.Second) || d.write != time.Now().Add(30*time.Second+respond.WriteTime) {
					t.Errorf("at %s: read until %s, write until %s", time.Now(), d.read, d.write)
				}
				<-time.After(20 * time.Second)
			}
			if rest, err := io.ReadAll(r.Body); err != nil || len(rest) != 4 {
				t.Errorf("the rest has %d bytes: %v", len(rest), err)
			}
			if !d.read.IsZero() {
				t.Errorf("after the body the connection may be read until %s", d.read)
			}
			return respond.Response{Page: text("x")}, nil
		})
		h.ServeHTTP(d, httptest.NewRequest(http.MethodPost, "/en/x", bytes.NewReader(make([]byte, 16))))
	})
}

func TestBodyMayNotTakeForEver(t *testing.T) {
	t.Parallel()
	s := newResponder(t, nil)
	synctest.Test(t, func(t *testing.T) {
		h := page(s, func(r *respond.Request) (respond.Response, error) {
			r.ReadPatiently()
			<-time.After(70 * time.Minute)
			if _, err := r.Body.Read(make([]byte, 4)); err != nil {
				t.Errorf("after 70 minutes: %v", err)
			}
			<-time.After(time.Second)
			_, err := r.Body.Read(make([]byte, 4))
			if !errors.Is(err, respond.ErrTooLarge) {
				t.Errorf("after the longest time: %v", err)
			}
			return respond.Response{}, err
		})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/en/x", bytes.NewReader(make([]byte, 16))))
		if w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("status %d", w.Code)
		}
	})
}
