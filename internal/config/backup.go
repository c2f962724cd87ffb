package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Seal says how backups are encrypted. The zero value leaves them readable.
type Seal struct {
	Recipient      string `name:"backup-recipient" help:"Encrypt backups for this recipient of age (age1…); its identity belongs elsewhere." env:"EXEMPLA_BACKUP_RECIPIENT" placeholder:"RECIPIENT"`
	PassphraseFile string `name:"backup-passphrase-file" help:"Encrypt backups with the passphrase in the first line of this file." env:"EXEMPLA_BACKUP_PASSPHRASE_FILE" placeholder:"FILE"`
}

// Check returns everything that is wrong with the settings.
func (s Seal) Check() []Fault {
	var faults []Fault
	// Not repeated: an identity that was put here by mistake is secret.
	if s.Recipient != "" && !strings.HasPrefix(s.Recipient, "age1") {
		faults = append(faults, Fault{"--backup-recipient", "must begin with age1; age-keygen makes one"})
	}
	if s.Recipient != "" && s.PassphraseFile != "" {
		faults = append(faults, Fault{"--backup-passphrase-file", "cannot be used beside --backup-recipient"})
	}
	return faults
}

// Backup holds the settings of making and restoring a backup.
type Backup struct {
	Database
	Seal
	Files
}

// Check returns everything that is wrong with the settings.
func (b Backup) Check() []Fault {
	return slices.Concat(b.Database.Check(), b.Seal.Check(), b.Files.Check())
}

// checkBackup returns what is wrong with the place for nightly backups. What is wrong with
// the key of a bucket is told once.
func (s Serve) checkBackup() []Fault {
	own := s.Files.Check()
	faults := slices.DeleteFunc(s.CheckPlace("--backup", s.Backup), func(f Fault) bool { return slices.Contains(own, f) })
	if !IsBucket(s.Backup) || !IsBucket(s.Files.Files) {
		return faults
	}
	files, _ := ParseBucket(s.Files.Files)
	backups, _ := ParseBucket(s.Backup)
	if files.Host == backups.Host && files.Name == backups.Name && (strings.HasPrefix(files.Prefix, backups.Prefix) || strings.HasPrefix(backups.Prefix, files.Prefix)) {
		faults = append(faults, Fault{"--backup", "must be another bucket than that of the files, or have a prefix that theirs does not begin with, nor the other way round"})
	}
	return faults
}

// checkPath returns a fault for a path that depends on where the program was started.
func checkPath(setting, path string) []Fault {
	if path == "" || filepath.IsAbs(path) {
		return nil
	}
	return []Fault{{setting, fmt.Sprintf("%q must be an absolute path", path)}}
}
