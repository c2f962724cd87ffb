package link

import (
	"net/url"
	"strconv"

	"exempla/internal/submission"
)

// Invitation is where an invited person joins with the secret from the mail.
func Invitation(tag, secret string) string {
	return Page(tag, InvitationPage) + "/" + url.PathEscape(secret)
}

// Reset is where a new password is chosen with the secret from the mail.
func Reset(tag, secret string) string { return Page(tag, ResetPage) + "/" + url.PathEscape(secret) }

// Address is where a change of mail address is confirmed with the secret from the mail.
func Address(tag, secret string) string { return Page(tag, AddressPage) + "/" + url.PathEscape(secret) }

// Review is where editors read a submission and decide about it.
func Review(tag string, id submission.ID) string {
	return Page(tag, DeskPage) + "/" + strconv.FormatInt(int64(id), 10)
}

// DevMail lists the mails of the outbox on sites without a mail server.
const DevMail = "/dev/mail"
