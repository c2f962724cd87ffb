package signin

import "errors"

// ErrPasskey is for a passkey that proves nothing.
var ErrPasskey = errors.New("the passkey was not accepted")
