// Package access answers about signing in and one's own account: passwords,
// passkeys, a second factor, an identity provider, invitations, resets, and what
// an ended session would have lost.
package access

import (
	"log/slog"
	"time"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
)

// Handlers answer everyone who signs in or has done so.
type Handlers struct {
	Accounts    *store.Accounts
	Credentials *store.Credentials
	Sessions    *store.Sessions
	Limits      respond.Limits
	Provider    *signin.Provider // nil if none is set
	Passkeys    *signin.Passkeys // nil where the site's address allows none
	Site        link.Site
	Log         *slog.Logger
	Now         func() time.Time
}

// AccountHandlers answer about one's own account. They check passwords, passkeys
// and codes as signing in does.
type AccountHandlers struct{ *Handlers }

// Names of what a session remembers. It holds next to nothing: who has signed in
// with it stands in its row, where it can be taken away.
const (
	pendingKey  = "pending"  // who has given the right password and owes a second factor
	passkeyKey  = "passkey"  // challenge that a passkey has to answer
	factorKey   = "factor"   // secret of a second factor that is not confirmed yet
	providerKey = "provider" // what the identity provider's answer has to match
)
