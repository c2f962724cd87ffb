// Package signin proves who somebody is: passwords, passkeys, the codes of a
// second factor, identity providers. It keeps nothing and knows no pages; what
// has to be remembered between two steps is handed to the caller.
package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Cost of a password's hash: the second choice of OWASP's password storage
// sheet, about 40 ms. Each hash under way takes the memory.
const (
	hashMemory  = 19 << 10 // KiB
	hashTime    = 2
	hashThreads = 1
	hashLength  = 32 // bytes
	saltLength  = 16 // bytes
)

// Bounds of the cost that a stored hash may ask for, against a row that
// somebody has tampered with.
const (
	maxMemory = 256 << 10 // KiB
	maxTime   = 16
)

// slots bounds how many hashes are made at the same time. More than processors
// would only take memory: a thousand people signing in must not take 19 GB.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

// Hash makes what is kept of a password, in PHC form. It waits for its turn;
// the only error is that the context ends first.
func Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	p := phc{hashMemory, hashTime, hashThreads, salt, nil}
	sum, err := p.sum(ctx, password)
	if err != nil {
		return "", err
	}
	p.hash = sum
	return p.String(), nil
}

// Verify reports whether a password is the one of a hash. Without a hash, or
// with one that cannot be read, the answer is no and takes as long. The only
// error is that the context ends first.
func Verify(ctx context.Context, password, hash string) (bool, error) {
	p, err := parsePHC(hash)
	if err != nil {
		p = dummy()
	}
	sum, failed := p.sum(ctx, password)
	if failed != nil {
		return false, failed
	}
	return subtle.ConstantTimeCompare(sum, p.hash) == 1 && err == nil, nil
}

// dummy is the hash of nothing in particular.
var dummy = sync.OnceValue(func() phc {
	return phc{hashMemory, hashTime, hashThreads, make([]byte, saltLength), make([]byte, hashLength)}
})

// phc is a hash with what it was made with:
// "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>".
type phc struct {
	memory, time uint32
	threads      uint8
	salt, hash   []byte
}

// String writes the PHC form.
func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.time, p.threads,
		base64.RawStdEncoding.EncodeToString(p.salt), base64.RawStdEncoding.EncodeToString(p.hash))
}

var errHash = errors.New("not a hash that this program makes")

func parsePHC(text string) (phc, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, errHash
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.threads); err != nil {
		return phc{}, errHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return phc{}, errHash
	}
	p.salt = salt
	p.hash, err = base64.RawStdEncoding.DecodeString(parts[5])
	sane := p.memory >= 8 && p.memory <= maxMemory && p.time >= 1 && p.time <= maxTime && p.threads >= 1 && len(p.hash) >= 16
	if err != nil || !sane {
		return phc{}, errHash
	}
	return p, nil
}

// sum hashes a password when its turn comes. Two keyboards may write one letter
// in two ways, so the password is normalised first (RFC 8265, 4.2).
func (p phc) sum(ctx context.Context, password string) ([]byte, error) {
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	length := uint32(hashLength)
	if len(p.hash) > 0 {
		length = uint32(len(p.hash))
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), p.salt, p.time, p.memory, p.threads, length), nil
}
