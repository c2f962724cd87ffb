package link

// Names of each role's first page and of the pages about the viewer's account; Page
// makes addresses of them.
const (
	SubmissionsPage = "submissions" // of officers
	DeskPage        = "desk"        // of editors
	PeoplePage      = "people"      // of administrators
	AccountPage     = "account"
	SignOutPage     = "sign-out"
)
