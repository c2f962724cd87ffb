package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/web/page"
	"exempla/web/static"
)

// Handler is the routing table: every address, and what stands before it.
func (s *Server) Handler() http.Handler {
	s.sessions, s.limits, s.passkeys = s.newSessions(), s.newLimits(), s.newPasskeys()
	s.suggester = newSuggester()
	r := s.guarded()
	r.Use(s.again)
	r.NotFound(s.notFound)
	r.MethodNotAllowed(s.methodNotAllowed)

	r.Get("/healthz", s.alive)
	r.Get("/readyz", s.ready)
	r.Get("/robots.txt", robots)
	r.Get("/favicon.ico", favicon)
	r.Get(static.Prefix+"{name}", serveStatic)
	r.Get(link.Home, s.chooseLanguage)
	r.Get(link.ProviderReturn, s.providerReturn)
	r.With(guessed).Get(link.DevMail, s.page(s.showOutbox))
	r.With(guessed).Get(link.Files+"{hash}", s.page(s.showFile(false)))
	r.With(guessed).Get(link.Files+"{hash}/"+link.SmallName, s.page(s.showFile(true)))

	r.Route("/{language}", func(r chi.Router) {
		r.Use(s.inLanguage)
		r.Get("/", s.toCatalogue)
		r.Get("/practices", s.page(s.browse))
		r.Get("/practices/", s.toCatalogue)
		r.Get("/practices/{slug}", s.page(s.showPractice))
		r.Get("/"+link.SuggestPage, s.page(s.suggest))
		for _, name := range page.ProsePages {
			r.Get("/"+name, s.page(s.showProse(name)))
		}
		s.officersRoutes(r)
		s.editorsRoutes(r)
		r.Get("/"+link.Template, s.page(s.showTemplate))
		s.accountRoutes(r)
		s.peopleRoutes(r)
	})
	return r
}

// guarded is a router without routes, with all that stands before every address.
func (s *Server) guarded() *chi.Mux {
	r := chi.NewRouter()
	r.Use(s.fromClient, s.logged, s.headers, s.bounded, http.NewCrossOriginProtection().Handler, headAsGet)
	return r
}

// Around puts all that stands before every address before one handler: what a
// page costs is measured against the same bytes behind the same middleware.
func (s *Server) Around(h http.Handler) http.Handler {
	r := s.guarded()
	r.Handle("/*", h)
	return r
}

// officersRoutes are the pages on which officers write. To everybody else the
// submissions of others do not exist.
func (s *Server) officersRoutes(r chi.Router) {
	officer := func(h handler) http.HandlerFunc { return s.page(only(h, account.Officer)) }
	r.Post("/practices/{slug}/"+link.ProposePage, officer(s.proposeChange))
	r.Get("/practices/{slug}/"+link.TranslatePage, officer(s.askToTranslate))
	r.Post("/practices/{slug}/"+link.TranslatePage, officer(s.translate))
	r.Route("/"+link.SubmissionsPage, func(r chi.Router) {
		r.Get("/", officer(s.listSubmissions))
		r.Get("/"+link.NewPage, officer(s.askToStart))
		r.Post("/"+link.NewPage, officer(s.startSubmission))
		r.Get("/{id}", officer(s.showSubmission))
		r.Get("/{id}/"+link.CheckPage, officer(s.checkAnswers))
		r.Post("/{id}/"+link.CheckPage, officer(s.submit))
		r.Get("/{id}/"+link.ReceiptPage, officer(s.showReceipt))
		r.Get("/{id}/"+link.PrintPage, officer(s.printSubmission))
		r.Get("/{id}/"+link.WithdrawPage, officer(s.askToWithdraw))
		r.Post("/{id}/"+link.WithdrawPage, officer(s.withdrawSubmission))
		r.Post("/{id}/"+link.DiscardPage, officer(s.discardDraft))
		r.Post("/{id}/"+link.TakeBackPage, officer(s.takeBack))
		r.Get("/{id}/"+link.ColleaguePage, officer(s.askColleague))
		r.Post("/{id}/"+link.ColleaguePage, officer(s.inviteColleague))
		r.Post("/{id}/"+link.CommentsPage+"/{comment}", officer(s.answerComment))
		for _, part := range filedParts {
			r.Get("/{id}/"+string(part), officer(s.showFiles(part)))
			r.Post("/{id}/"+string(part), officer(s.saveFiles(part)))
		}
		r.Get("/{id}/{part}", officer(s.showPart))
		r.Post("/{id}/{part}", officer(s.savePart))
	})
}

// accountRoutes are the pages about signing in and about one's account.
func (s *Server) accountRoutes(r chi.Router) {
	r.Route("/"+link.SignInPage, func(r chi.Router) {
		r.Get("/", s.page(s.showSignIn))
		r.Post("/", s.page(s.signIn))
		r.Get("/code", s.page(s.toSignIn))
		r.Post("/code", s.page(s.secondFactor))
		r.Post("/passkey", s.page(s.askPasskey))
		r.Get("/provider", s.page(s.toProvider))
		r.Get("/return", s.page(s.fromProvider))
	})
	r.Post("/"+link.SignOutPage, s.page(s.signOut))
	r.Route("/"+link.ResetPage, func(r chi.Router) {
		r.Get("/", s.page(s.askReset))
		r.Post("/", s.page(s.sendReset))
		r.Get("/{secret}", s.page(s.showReset))
		r.Post("/{secret}", s.page(s.reset))
	})
	r.Route("/"+link.InvitationPage+"/{secret}", func(r chi.Router) {
		r.Get("/", s.page(s.showInvitation))
		r.Post("/", s.page(s.join))
		r.Post("/passkey", s.page(s.askToJoin))
	})
	everybody := func(h handler) http.HandlerFunc { return s.page(only(h, account.Roles...)) }
	r.Route("/"+link.AccountPage, func(r chi.Router) {
		r.Get("/", everybody(s.showAccount))
		r.Post("/", everybody(s.changeSelf))
		r.Post("/"+link.PasswordPart, everybody(s.changePassword))
		r.Post("/"+link.PasskeysPart, everybody(s.addPasskey))
		r.Post("/"+link.ChallengePart, everybody(s.askNewPasskey))
		r.Post("/"+link.PasskeysPart+"/{number}", everybody(s.changePasskey))
		r.Get("/"+link.FactorPart, everybody(s.showFactor))
		r.Post("/"+link.FactorPart, everybody(s.changeFactor))
		r.Post("/"+link.SessionsPart, everybody(s.endSessions))
	})
}

// editorsRoutes are the pages on which editors read and decide. What was never
// submitted does not exist for them.
func (s *Server) editorsRoutes(r chi.Router) {
	editor := func(h handler) http.HandlerFunc { return s.page(only(h, account.Editor)) }
	r.Route("/"+link.DeskPage, func(r chi.Router) {
		r.Get("/", editor(s.listDesk))
		r.Get("/"+link.StatisticsPage, editor(s.showStatistics))
		r.Get("/"+link.ArchivedPage, editor(s.listArchived))
		for _, action := range []submission.Action{submission.Archive, submission.Restore} {
			r.Get("/"+link.ArchivedPage+"/{slug}/"+string(action), editor(s.askStanding(action)))
			r.Post("/"+link.ArchivedPage+"/{slug}/"+string(action), editor(s.changeStanding(action)))
		}
		r.Get("/{id}", editor(s.review))
		r.Post("/{id}/"+link.AssignPage, editor(s.assign))
		r.Post("/{id}/"+link.ApprovePage, editor(s.approve))
		r.Post("/{id}/"+link.AskPage, editor(s.requestChanges))
		r.Post("/{id}/"+link.CriteriaPage, editor(s.tickCriteria))
		for _, step := range reasoned {
			r.Get("/{id}/"+step.name, editor(s.askReason(step.action)))
			r.Post("/{id}/"+step.name, editor(s.decideWithReason(step.action, step.done)))
		}
		r.Post("/{id}/"+link.RemarksPage, editor(s.addRemark))
		r.Post("/{id}/"+link.RemarksPage+"/{comment}/{act}", editor(s.changeRemark))
		r.Get("/{id}/"+link.CorrectPage+"/{part}", editor(s.askCorrection))
		r.Post("/{id}/"+link.CorrectPage+"/{part}", editor(s.correct))
		r.Get("/{id}/"+link.HistoryPage, editor(s.showHistory))
	})
}

// peopleRoutes are the pages of administrators.
func (s *Server) peopleRoutes(r chi.Router) {
	get := func(path string, h handler) { r.Get(path, s.page(only(h, account.Administrator))) }
	post := func(path string, h handler) { r.Post(path, s.page(only(h, account.Administrator))) }
	people, person := "/"+link.PeoplePage, "/"+link.PeoplePage+"/{id}"
	get(people, s.listPeople)
	get(people+"/"+link.InvitePage, s.askToInvite)
	post(people+"/"+link.InvitePage, s.invitePerson)
	get(person, s.showPerson)
	post(person, s.changePerson)
	get(person+"/"+link.DisablePage, s.askAbout(link.DisablePage))
	post(person+"/"+link.DisablePage, s.withPerson(link.DisablePage, s.Store.Accounts.Disable))
	post(person+"/"+link.EnablePage, s.withPerson(link.EnablePage, s.Store.Accounts.Enable))
	get(person+"/"+link.ErasePage, s.askAbout(link.ErasePage))
	post(person+"/"+link.ErasePage, s.withPerson(link.ErasePage, s.Store.Accounts.Erase))
	post(person+"/"+link.RemindPage, s.remindPerson)
	get("/"+link.EventsPage, s.listEvents)
	get("/"+link.EventsPage+".csv", s.exportEvents)
	get("/"+link.MailsPage, s.listMails)
	post("/"+link.MailsPage+"/{id}", s.retryMail)
}
