package link

import (
	"net/url"
	"strconv"

	"exempla/internal/catalogue"
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

// FollowPage is the name of the pages on which readers follow a search by mail.
const FollowPage = "follow"

// Follow is where a reader asks for mails about a selection.
func Follow(tag string, s catalogue.Selection) string {
	return WithQuery(Page(tag, FollowPage), s.WithoutStrays().Sought().Query())
}

// Following is where the holder of a secret from a mail confirms, changes and stops
// mails about a selection.
func Following(tag, secret string) string {
	return Page(tag, FollowPage) + "/" + url.PathEscape(secret)
}

// StopFollowing is where mail programs stop them in one step (RFC 8058).
func StopFollowing(tag, secret string) string { return Following(tag, secret) + "/" + StopPage }

// StopPage is the name of that address.
const StopPage = "stop"

// Review is where editors read a submission and decide about it.
func Review(tag string, id submission.ID) string {
	return Page(tag, DeskPage) + "/" + strconv.FormatInt(int64(id), 10)
}

// DevMail lists the mails of the outbox on sites without a mail server.
const DevMail = "/dev/mail"
