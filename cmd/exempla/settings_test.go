package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// All settings that cannot be used are told at once, by the names under which they were
// set, and nothing is begun with them: no database, no folder. doctor tells the same.
func TestSettingsAreTriedBeforeAnythingBegins(t *testing.T) {
	t.Parallel()
	data := filepath.Join(emptyFolder(t), "site")
	settings := "EXEMPLA_DATA=" + data + " EXEMPLA_BACKUP=/dev/null/backups EXEMPLA_BACKUP_RECIPIENT=age1nobody EXEMPLA_TLS=/nowhere.pem,/nowhere.key" +
		" EXEMPLA_PUBLIC_URL=https://exempla.example EXEMPLA_READ_URL=postgres://u:s3cr%et@db/x EXEMPLA_READURL=postgres://db/x EXEMPLA_NONSENSE=1" +
		" DATABASE_URL=postgres://db/x?sslrootcert=/nowhere.crt"
	said, status := run(t, settings, "serve")
	if status == 0 {
		t.Error("it serves")
	}
	wanted := []string{"--backup (EXEMPLA_BACKUP): ", "--backup-recipient (EXEMPLA_BACKUP_RECIPIENT): ", "--tls (EXEMPLA_TLS): ", "/nowhere.pem",
		"--read-url (EXEMPLA_READ_URL): invalid percent-encoded token in password", "--database-url (DATABASE_URL): ", "/nowhere.crt"}
	wantMentions(t, said, wanted...)
	if strings.Contains(said, "s3cr") {
		t.Error("a password is told")
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a data folder was made")
	}
	said, _ = run(t, settings, "doctor")
	wantMentions(t, said, "BAD setting --backup-recipient", "BAD setting --tls", "BAD setting --read-url", "BAD setting --database-url",
		"BAD setting EXEMPLA_READURL", "EXEMPLA_READ_URL is one", "BAD setting EXEMPLA_NONSENSE")
	if strings.Contains(said, "s3cr") {
		t.Error("a password is told")
	}
}
