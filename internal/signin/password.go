// Package signin authenticates people: by passwords, passkeys, one-time codes and
// identity providers. It stores nothing and knows no pages; the caller keeps what
// has to be remembered between two steps.
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
// cheat sheet, about 40 ms. Each hash being made takes this memory.
const (
	hashMemory  = 19 << 10 // KiB
	hashTime    = 2
	hashThreads = 1
	hashLength  = 32 // bytes
	saltLength  = 16 // bytes
)

// Limits on the cost that a stored hash may ask for, in case a row has been
// tampered with.
const (
	maxMemory = 256 << 10 // KiB
	maxTime   = 16
)

// slots limits how many hashes are made at the same time. More than there are
// processors would only take memory: a thousand people signing in must not need
// 19 GB.
var slots = make(chan struct{}, runtime.GOMAXPROCS(0))

// Hash returns the salted Argon2id hash of a password in PHC format. It waits for a
// free slot; the only error is that the context ends first.
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

// Verify reports whether a hash made by Hash is that of the password. If the hash
// is empty or invalid, the answer is no and takes as long, so that it does not
// reveal whether an account exists. The only error is that the context ends first.
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

// dummy stands in for a missing hash; no password has it.
var dummy = sync.OnceValue(func() phc {
	return phc{hashMemory, hashTime, hashThreads, make([]byte, saltLength), make([]byte, hashLength)}
})

// phc is a hash with its parameters:
// "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>".
type phc struct {
	memory, time uint32
	threads      uint8
	salt, hash   []byte
}

// String returns the PHC format.
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

// sum hashes a password once there is a free slot. Two keyboards may encode one
// letter in two ways, so the password is normalised first (RFC 8265, 4.2).
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
