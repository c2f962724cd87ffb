package link

// Names of pages from which people of a role begin, and of those about their
// account; Page makes addresses of them.
const (
	SubmissionsPage = "submissions" // of officers
	DeskPage        = "desk"        // of editors
	PeoplePage      = "people"      // of administrators
	AccountPage     = "account"
	SignOutPage     = "sign-out"
)
