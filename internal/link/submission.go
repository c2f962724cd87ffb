package link

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Names in the paths of an officer's pages. No part of a submission may have one of
// these names.
const (
	NewPage       = "new"
	CheckPage     = "check"
	ReceiptPage   = "receipt"
	PrintPage     = "print"
	WithdrawPage  = "withdraw"
	DiscardPage   = "discard"
	TakeBackPage  = "take-back"
	ColleaguePage = "colleague"
	CommentsPage  = "comments"
	ProposePage   = "propose"
	TranslatePage = "translate"
)

// Submissions is the list of an officer's own practices.
func Submissions(tag string) string { return Page(tag, SubmissionsPage) }

// SubmissionsPaged is one of the pages of that list, from 1.
func SubmissionsPaged(tag string, page int) string {
	return WithQuery(Submissions(tag), PageQuery(page))
}

// PageParameter names the number of a page in the address of a list.
const PageParameter = "page"

// PageQuery is the query of a page of a list; empty for the first.
func PageQuery(page int) string {
	if page <= 1 {
		return ""
	}
	return PageParameter + "=" + strconv.Itoa(page)
}

// NewSubmission is where a new practice begins.
func NewSubmission(tag string) string { return Submissions(tag) + "/" + NewPage }

// Submission is the task list of one submission.
func Submission(tag string, id submission.ID) string {
	return Submissions(tag) + "/" + strconv.FormatInt(int64(id), 10)
}

// SubmissionPage is one of the pages of a submission that are no part of it:
// CheckPage and so on.
func SubmissionPage(tag string, id submission.ID, name string) string {
	return Submission(tag, id) + "/" + name
}

// Colleague is where an author of a submission is taken off it.
func Colleague(tag string, id submission.ID, author account.ID) string {
	return SubmissionPage(tag, id, ColleaguePage) + "/" + strconv.FormatInt(int64(author), 10)
}

// Part is the form of one part of a submission.
func Part(tag string, id submission.ID, part submission.Part) string {
	return SubmissionPage(tag, id, string(part))
}

// Comment is where an officer answers a comment. It leads back to the comment's
// part.
func Comment(tag string, id submission.ID, comment int64) string {
	return SubmissionPage(tag, id, CommentsPage) + "/" + strconv.FormatInt(comment, 10)
}

// CommentID is the id of the element that shows a comment.
func CommentID(comment int64) string { return "comment-" + strconv.FormatInt(comment, 10) }

// ReturnParameter says where to go after saving a part; ToCheck is its only value.
const (
	ReturnParameter = "return"
	ToCheck         = "check"
)

// Returning is the form of a part that returns to checking the answers.
func Returning(tag string, id submission.ID, part submission.Part) string {
	return WithQuery(Part(tag, id, part), ReturnParameter+"="+ToCheck)
}

// FaultsParameter asks for what is wrong with a part.
const FaultsParameter = "faults"

// Faults is the form of a part with what is wrong with it.
func Faults(tag string, id submission.ID, part submission.Part) string {
	return WithQuery(Part(tag, id, part), FaultsParameter+"=1")
}

// MoreParameter asks for an empty row for another city.
const MoreParameter = "more"

// AnotherRow is the form of a part with an empty row for another city.
func AnotherRow(tag string, id submission.ID, part submission.Part) string {
	return WithQuery(Part(tag, id, part), MoreParameter+"=1")
}

// Propose is where an officer begins a change of a text of a practice.
func Propose(tag, slug string) string { return Practice(tag, slug) + "/" + ProposePage }

// Translate is where an officer begins a translation of a practice.
func Translate(tag, slug string) string { return Practice(tag, slug) + "/" + TranslatePage }
