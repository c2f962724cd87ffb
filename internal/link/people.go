package link

import (
	"strconv"

	"exempla/internal/account"
)

// Words in the paths of an administrator's pages.
const (
	EventsPage = "events"
	MailsPage  = "mail-queue"
	StatePage  = "state"

	AppearancePage = "appearance"
	WordsPart      = "words"
	ContentPart    = "content"
	LookStep       = "look"
	LeaveStep      = "leave"
	InvitePage     = "invite"

	DisablePage = "disable" // of a person, like the following
	EnablePage  = "enable"
	ErasePage   = "erase"
	RemindPage  = "remind"

	ResetFactorPage = "reset-factor"
)

// People is the list of accounts, narrowed by a query.
func People(tag, query string) string { return WithQuery(Page(tag, PeoplePage), query) }

// Invite is the form for inviting a person.
func Invite(tag string) string { return People(tag, "") + "/" + InvitePage }

// Person is one account.
func Person(tag string, id account.ID) string {
	return People(tag, "") + "/" + strconv.FormatInt(int64(id), 10)
}

// PersonPage is an action on an account: DisablePage and so on.
func PersonPage(tag string, id account.ID, name string) string { return Person(tag, id) + "/" + name }

// Events is the audit log, narrowed by a query.
func Events(tag, query string) string { return WithQuery(Page(tag, EventsPage), query) }

// EventsFile is the audit log as CSV.
func EventsFile(tag, query string) string { return WithQuery(Page(tag, EventsPage)+".csv", query) }

// Mails is the queue of mails.
func Mails(tag string) string { return Page(tag, MailsPage) }

// Appearance is the page on which the look of the site is set.
func Appearance(tag string) string { return Page(tag, AppearancePage) }

// ThemeFiles is where the style sheets and logos of themes are.
const ThemeFiles = "/theme/{id}-{rest}"

// ThemeStyle is the style sheet of a version of the theme, whose content the mark names.
func ThemeStyle(number int64, mark string) string {
	return themeFile(number, mark) + ".css"
}

// ThemeLogo is the logo of a version on light or dark screens, with the extension of its
// kind.
func ThemeLogo(number int64, mark string, dark bool, extension string) string {
	if dark {
		return themeFile(number, mark) + "-dark." + extension
	}
	return themeFile(number, mark) + "-light." + extension
}

func themeFile(number int64, mark string) string {
	return "/theme/" + strconv.FormatInt(number, 10) + "-" + mark
}

// AppearanceWords is its page for the words of messages, narrowed by a query.
func AppearanceWords(tag, query string) string {
	return WithQuery(Appearance(tag)+"/"+WordsPart, query)
}

// AppearanceContent is its page for what the site has in it, with texts in the language that
// a query names.
func AppearanceContent(tag, query string) string {
	return WithQuery(Appearance(tag)+"/"+ContentPart, query)
}

// AppearanceStep is where a version is looked at (LookStep) or published (PublishPage).
func AppearanceStep(tag string, number int64, step string) string {
	return Appearance(tag) + "/" + strconv.FormatInt(number, 10) + "/" + step
}

// LeaveAppearance ends that the viewer looks at a version before others do.
func LeaveAppearance(tag string) string { return Appearance(tag) + "/" + LeaveStep }

// State is the page of the state of the site.
func State(tag string) string { return Page(tag, StatePage) }

// RetryMail sends a mail again at once.
func RetryMail(tag string, id int64) string {
	return Mails(tag) + "/" + strconv.FormatInt(id, 10)
}
