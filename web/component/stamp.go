package component

import (
	"time"

	"exempla/internal/locale"
)

// Stamp writes a time to the minute and in UTC, as the program's log does, so that the
// two can be compared.
func Stamp(l *locale.Locale, t time.Time) string {
	return l.T("time.stamp", "Date", l.Date(t.UTC()), "Time", t.UTC().Format("15:04"))
}
