// Package access has the handlers for signing in and for one's own account:
// passwords, passkeys, the second factor, the identity provider, invitations,
// password resets, and forms saved through signing in.
package access

import (
	"log/slog"
	"time"

	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
)

// Handlers are the handlers for signing in.
type Handlers struct {
	Accounts    *store.Accounts
	Credentials *store.Credentials
	Sessions    *store.Sessions
	Provider    *signin.Provider // nil if none is configured
	Passkeys    *signin.Passkeys // nil if the site's address allows none
	Site        link.Site
	Log         *slog.Logger
	Now         func() time.Time
}

// AccountHandlers are the handlers for one's own account. They check passwords,
// passkeys and codes as signing in does.
type AccountHandlers struct{ *Handlers }

// Keys of the values in a session. The account that has signed in is not among
// them: it stands in the session's row, where the store can revoke it.
const (
	pendingKey  = "pending"  // account that has yet to pass the second factor
	passkeyKey  = "passkey"  // state of a passkey challenge
	factorKey   = "factor"   // secret of a second factor that is not confirmed yet
	providerKey = "provider" // state of a sign-in at the identity provider
)
