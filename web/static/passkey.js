// Passkeys: creating one, and signing in with one. Pages work without it, with
// passwords.
