package backup

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"exempla/internal/config"
)

// Errors of a key to be told apart with errors.Is.
var (
	ErrSealed   = errors.New("the backup is encrypted")
	ErrWrongKey = errors.New("neither passphrase nor identity opens the backup")
)

// Key is what backups are encrypted for, and what opens them. The zero value is for
// backups that are not encrypted.
type Key struct {
	recipients []age.Recipient
	identities []age.Identity
}

// Opens reports whether backups that are written with the key can be read with it.
func (k Key) Opens() bool { return len(k.recipients) == 0 || len(k.identities) > 0 }

// KeyFiles says where a key is. Secrets are in files, for others see command lines and
// environments.
type KeyFiles struct {
	Recipient  string // age1…, for writing
	Identity   string // name of a file, for reading what was written for a recipient
	Passphrase string // name of a file, for both
}

// Read reads the key. The error names what cannot be used.
func (f KeyFiles) Read() (Key, error) {
	var k Key
	if f.Recipient != "" {
		recipients, err := age.ParseRecipients(strings.NewReader(f.Recipient))
		if err != nil {
			return k, fmt.Errorf("the recipient of backups cannot be read: %w", err)
		}
		k.recipients = recipients
	}
	if f.Identity != "" {
		file, err := os.Open(f.Identity)
		if err != nil {
			return k, err
		}
		defer file.Close()
		identities, err := age.ParseIdentities(file)
		if err != nil {
			return k, fmt.Errorf("%s is no file of identities: %w", f.Identity, err)
		}
		k.identities = identities
	}
	if f.Passphrase == "" {
		return k, nil
	}
	if f.Recipient != "" {
		return k, errors.New("a backup is encrypted for a recipient or with a passphrase, not both")
	}
	return k, k.addPassphrase(f.Passphrase)
}

// addPassphrase takes the first line of a file.
func (k *Key) addPassphrase(name string) error {
	line, err := config.ReadSecret(name)
	if err != nil {
		return err
	}
	recipient, err := age.NewScryptRecipient(line)
	if err != nil {
		return fmt.Errorf("%s: its first line is to be the passphrase: %w", name, err)
	}
	identity, err := age.NewScryptIdentity(line)
	if err != nil {
		return fmt.Errorf("%s: its first line is to be the passphrase: %w", name, err)
	}
	k.recipients, k.identities = []age.Recipient{recipient}, append(k.identities, identity)
	return nil
}

// open decrypts.
func (k Key) open(from io.Reader) (io.Reader, error) {
	if len(k.identities) == 0 {
		return nil, ErrSealed
	}
	opened, err := age.Decrypt(from, k.identities...)
	if none := new(age.NoIdentityMatchError); errors.As(err, &none) {
		return nil, ErrWrongKey
	}
	if err != nil {
		return nil, damaged(err)
	}
	return opened, nil
}
