package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strconv"
	"sync/atomic"
)

// readBuffer holds a whole listing, so that most responses take one read.
const readBuffer = 64 << 10

// client sends requests over one connection that stays open. It does only what an
// HTTP client must, because it shares the machine with what it measures.
type client struct {
	conn   net.Conn
	in     *bufio.Reader
	out    []byte
	asked  uint32 // requests so far
	reader uint32 // whose address it names, as a proxy would
}

// requestsPerReader is how many requests carry the address of one reader, about as
// many as a lively visit makes; then comes the next.
const requestsPerReader = 20

// readers counts the readers of all clients.
var readers atomic.Uint32

func dial(address string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, readBuffer)}, nil
}

// reply is what is checked of a response.
type reply struct {
	status int
	length int  // bytes of the body, as sent
	zipped bool // whether the body begins as gzip does
}

// ask sends one request and reads the response to its end. The tag, if any, is the
// ETag of the page that the reader has already.
func (c *client) ask(address, tag string) (reply, error) {
	if c.asked%requestsPerReader == 0 {
		c.reader = readers.Add(1)
	}
	c.asked++
	out := append(c.out[:0], "GET "...)
	out = append(out, address...)
	out = append(out, " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nX-Forwarded-For: 10."...)
	out = append(strconv.AppendUint(out, uint64(c.reader>>16&0xff), 10), '.')
	out = append(strconv.AppendUint(out, uint64(c.reader>>8&0xff), 10), '.')
	out = strconv.AppendUint(out, uint64(c.reader&0xff), 10)
	if tag != "" {
		out = append(append(out, "\r\nIf-None-Match: "...), tag...)
	}
	c.out = append(out, "\r\n\r\n"...)
	if _, err := c.conn.Write(c.out); err != nil {
		return reply{}, err
	}
	return c.read()
}

var (
	lengthHeader  = []byte("Content-Length: ")
	chunkedHeader = []byte("Transfer-Encoding: chunked")
	zipMagic      = []byte{0x1f, 0x8b}
)

// read reads status, headers and body.
func (c *client) read() (r reply, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return r, err
	}
	if len(line) < 14 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return r, fmt.Errorf("no HTTP response: %q", line)
	}
	r.status = int(line[9]-'0')*100 + int(line[10]-'0')*10 + int(line[11]-'0')
	chunked := false
	for {
		if line, err = c.in.ReadSlice('\n'); err != nil {
			return r, err
		}
		if len(line) <= 2 {
			break
		}
		if bytes.HasPrefix(line, lengthHeader) {
			r.length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthHeader):])))
		}
		chunked = chunked || bytes.HasPrefix(line, chunkedHeader)
		if err != nil {
			return r, err
		}
	}
	if chunked {
		return r, c.chunks(&r)
	}
	return r, c.body(&r, r.length)
}

// body reads the given number of bytes; the first two say whether they are gzip.
func (c *client) body(r *reply, length int) error {
	if length < len(zipMagic) {
		_, err := c.in.Discard(length)
		return err
	}
	head, err := c.in.Peek(len(zipMagic))
	if err != nil {
		return err
	}
	r.zipped = r.zipped || bytes.Equal(head, zipMagic)
	_, err = c.in.Discard(length)
	return err
}

// chunks reads a body in chunked encoding.
func (c *client) chunks(r *reply) error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(string(bytes.TrimSpace(line)), 16, 31)
		if err != nil {
			return err
		}
		if err := c.body(r, int(size)); err != nil {
			return err
		}
		if _, err := c.in.Discard(2); err != nil || size == 0 {
			return err
		}
		r.length += int(size)
	}
}
