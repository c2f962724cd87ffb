package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Who sends a form drop by drop holds a connection for half a minute and no longer,
// wherever the form goes.
func TestFormsHaveToArriveInTime(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	front := s.HTTP()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go front.Serve(listener)
	t.Cleanup(func() { front.Close() })
	const patience = 45 * time.Second
	var all sync.WaitGroup
	for _, path := range []string{"/en/sign-in", "/en/reset-password", "/en/nothing", "/sign-in"} {
		all.Go(func() {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n", path)
			begin := time.Now()
			go func() {
				for range time.Tick(500 * time.Millisecond) {
					if _, err := conn.Write([]byte("a")); err != nil || time.Since(begin) > patience {
						return
					}
				}
			}()
			conn.SetReadDeadline(begin.Add(patience))
			in := bufio.NewReader(conn)
			answer, err := http.ReadResponse(in, nil)
			if err == nil {
				_, err = in.WriteTo(io.Discard)
				answer.Body.Close()
			}
			if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
				t.Errorf("%s: still open after %s", path, patience)
			}
		})
	}
	all.Wait()
}
