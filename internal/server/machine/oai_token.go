package machine

import (
	"strconv"
	"strings"
	"time"

	"exempla/internal/practice"
	"exempla/internal/store"
)

// tokenLife is how long a resumption token is good, which every answer says. Nothing is
// kept for it on the server.
const tokenLife = 48 * time.Hour

// token is where a list goes on: behind a place in the order of changes. It carries all
// that the list was asked for. Since places only grow, no list repeats for ever, and what
// changes meanwhile comes at its end.
type token struct {
	topic        practice.Topic // the set; empty for all
	from, before time.Time      // zero for no bound
	after        store.Turn
	sent         int64 // records before
	expires      time.Time
}

// String writes it in characters that no address needs to escape.
func (t token) String() string {
	parts := []string{dublinCore, string(t.topic)}
	for _, at := range []time.Time{t.from, t.before, t.expires} {
		parts = append(parts, seconds(at))
	}
	for _, number := range []int64{t.after.Change, t.after.Number, t.sent} {
		parts = append(parts, strconv.FormatInt(number, 10))
	}
	return strings.Join(parts, ".")
}

// seconds writes a time; nothing for zero.
func seconds(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return strconv.FormatInt(at.Unix(), 10)
}

// parseToken reads what String wrote.
func parseToken(text string, now time.Time) (token, error) {
	bad := oaiFault{"badResumptionToken", "The token is not one of this repository, or has expired."}
	parts := strings.Split(text, ".")
	if len(parts) != 8 || parts[0] != dublinCore {
		return token{}, bad
	}
	t := token{topic: practice.Topic(parts[1])}
	for i, at := range []*time.Time{&t.from, &t.before, &t.expires} {
		if n, err := strconv.ParseInt(parts[2+i], 10, 64); err == nil {
			*at = time.Unix(n, 0).UTC()
		}
	}
	for i, number := range []*int64{&t.after.Change, &t.after.Number, &t.sent} {
		*number, _ = strconv.ParseInt(parts[5+i], 10, 64)
	}
	if t.String() != text || t.topic != "" && !t.topic.Known() || now.After(t.expires) {
		return token{}, bad
	}
	return t, nil
}
