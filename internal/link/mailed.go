package link

import (
	"net/url"
	"strconv"

	"exempla/internal/submission"
)

// Invitation is where somebody joins who was sent a secret.
func Invitation(tag, secret string) string {
	return Page(tag, InvitationPage) + "/" + url.PathEscape(secret)
}

// Reset is where somebody who was sent a secret chooses a new password.
func Reset(tag, secret string) string { return Page(tag, ResetPage) + "/" + url.PathEscape(secret) }

// Review is where editors read a submission and decide about it.
func Review(tag string, id submission.ID) string {
	return Page(tag, DeskPage) + "/" + strconv.FormatInt(int64(id), 10)
}

// DevMail is where a site that is only tried out shows what it would have sent.
const DevMail = "/dev/mail"
