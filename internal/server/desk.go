package server

import (
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page"
)

// listDesk is what waits for editors, or whatever else of it the address asks
// for.
func (s *Server) listDesk(v *visit) (answer, error) {
	ctx := v.r.Context()
	asked := submission.ParseDeskFilter(v.r.URL.Query())
	if asked.Query().Encode() != v.r.URL.RawQuery {
		return answer{goTo: link.DeskQuery(v.l.Tag(), asked.Query())}, nil
	}
	filter := store.DeskFilter{States: asked.States(), Language: string(asked.Language), City: asked.City, Unassigned: asked.Assignee == submission.Unassigned}
	if asked.Assignee == submission.Mine {
		filter.Assignee = v.viewer().ID
	}
	list, err := s.Store.Submissions.ForDesk(ctx, filter)
	if err != nil {
		return answer{}, err
	}
	choices, err := s.Store.Submissions.DeskOptions(ctx)
	if err != nil {
		return answer{}, err
	}
	var people []account.ID
	for _, one := range list {
		people = append(append(people, one.Assignee), one.Authors...)
	}
	names, err := s.Store.Accounts.Names(ctx, distinct(people))
	return answer{view: page.NewDesk(v.l, page.Queue{Frame: v.frame, Filter: asked, List: list, States: choices.States,
		Languages: choices.Languages, Cities: choices.Cities, Names: names, Now: s.Now(), ReviewDays: s.ReviewDays}).View()}, err
}

// atDesk is the submission that the address names. What was never submitted
// does not exist for editors.
func (s *Server) atDesk(v *visit) (submission.Submission, error) {
	id, ok := v.number("id")
	if !ok {
		return submission.Submission{}, errNoSuchPage
	}
	found, err := s.Store.Submissions.Find(v.r.Context(), submission.ID(id))
	if err == nil && !found.MayRead(v.viewer()) {
		err = errNoSuchPage
	}
	return found, err
}

// assign gives a submission to an editor: the viewer or another one.
func (s *Server) assign(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	to, err := s.editor(v, v.r.PostFormValue("assignee"))
	if err != nil {
		return answer{}, err
	}
	if _, err := s.step(v, found.ID, submission.Step{Action: submission.Assign, Assignee: to}); err != nil {
		return s.overtaken(v, found, err)
	}
	return s.done(v, "done.assigned", s.reviewAddress(v, found.ID))
}

// editor is one who can be given something to decide about.
func (s *Server) editor(v *visit, number string) (account.ID, error) {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, errNoSuchPage
	}
	found, err := s.Store.Accounts.Find(v.r.Context(), account.ID(id))
	if err == nil && (found.Role != account.Editor || found.State != account.Active) {
		err = errNoSuchPage
	}
	return found.ID, err
}

// reviewAddress is the review in the view in which it was left.
func (s *Server) reviewAddress(v *visit, id submission.ID) string {
	shown, from := viewOf(v)
	return link.WithView(link.Review(v.l.Tag(), id), shown, from)
}
