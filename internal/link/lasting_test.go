package link_test

import (
	"slices"
	"testing"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// These addresses are in mails, bookmarks and printed receipts, so they last.
func TestLastingAddresses(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		link.Country("de", "GR"):                                    "/de/practices?country=GR",
		link.Text("de", "x", "el"):                                  "/de/practices/x?text=el",
		link.Propose("de", "x"):                                     "/de/practices/x/propose",
		link.Translate("de", "x"):                                   "/de/practices/x/translate",
		link.SecondFactor("de"):                                     "/de/sign-in/code",
		link.Challenge("de"):                                        "/de/sign-in/passkey",
		link.ProviderAnswer("de", "state=de.x&code=y"):              "/de/sign-in/return?state=de.x&code=y",
		link.ProviderReturn:                                         "/sign-in/return",
		link.Account("de", ""):                                      "/de/account",
		link.Account("de", link.ChallengePart):                      "/de/account/passkeys/challenge",
		link.Passkey("de", 12):                                      "/de/account/passkeys/12",
		link.Submissions("de"):                                      "/de/submissions",
		link.NewSubmission("de"):                                    "/de/submissions/new",
		link.Submission("de", 7):                                    "/de/submissions/7",
		link.Part("de", 7, "contact"):                               "/de/submissions/7/contact",
		link.Returning("de", 7, "contact"):                          "/de/submissions/7/contact?return=check",
		link.AnotherRow("de", 7, "place"):                           "/de/submissions/7/place?more=1",
		link.SubmissionPage("de", 7, link.ReceiptPage):              "/de/submissions/7/receipt",
		link.Comment("de", 7, 9):                                    "/de/submissions/7/comments/9",
		link.CommentID(9):                                           "comment-9",
		link.Desk("de"):                                             "/de/desk",
		link.Review("de", 7):                                        "/de/desk/7",
		link.ReviewPage("de", 7, link.ApprovePage):                  "/de/desk/7/approve",
		link.ReviewView("de", 7, link.PublicView):                   "/de/desk/7?view=public",
		link.DeskComment("de", 7, 9, "settle"):                      "/de/desk/7/comments/9/settle",
		link.Statistics("de"):                                       "/de/desk/statistics",
		link.ArchivedPractices("de"):                                "/de/desk/practices",
		link.Archive("de", "x"):                                     "/de/desk/practices/x/archive",
		link.Restore("de", "x"):                                     "/de/desk/practices/x/restore",
		link.WithView("/de/desk/7", link.WholeView, 0):              "/de/desk/7?view=whole",
		link.WithView("/de/desk/7", link.ChangesView, 3):            "/de/desk/7?since=3",
		link.Invite("de"):                                           "/de/people/invite",
		link.Person("de", 5):                                        "/de/people/5",
		link.PersonPage("de", 5, link.ErasePage):                    "/de/people/5/erase",
		link.People("de", "role=editor"):                            "/de/people?role=editor",
		link.EventsFile("de", "who=5"):                              "/de/events.csv?who=5",
		link.Mails("de"):                                            "/de/mail-queue",
		link.State("de"):                                            "/de/state",
		link.RetryMail("de", 3):                                     "/de/mail-queue/3",
		link.File("abc"):                                            "/files/abc",
		link.Picture("abc", practice.SmallPicture):                  "/files/abc/small",
		link.Reset("de", "s3cret"):                                  "/de/reset/s3cret",
		link.DeskQuery("de", map[string][]string{"q": {"a&b", ""}}): "/de/desk?q=a%26b&q=",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A page of a submission and the form of one of its parts have addresses of the
// same shape, so no part may be called like a page.
func TestNoPartIsCalledLikeAPage(t *testing.T) {
	t.Parallel()
	pages := []string{link.NewPage, link.CheckPage, link.ReceiptPage, link.PrintPage, link.WithdrawPage, link.DiscardPage, link.TakeBackPage,
		link.ColleaguePage, link.CommentsPage, link.ProposePage, link.TranslatePage}
	for _, part := range submission.Parts {
		if slices.Contains(pages, string(part)) {
			t.Errorf("the part %s is called like a page", part)
		}
	}
	slices.Sort(pages)
	if len(slices.Compact(slices.Clone(pages))) != len(pages) {
		t.Errorf("two pages have one name: %q", pages)
	}
}
