package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/attachment"
	"exempla/internal/citation"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/admin"
	"exempla/internal/server/browse"
	"exempla/internal/server/desk"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	browsepage "exempla/web/page/browse"
	"exempla/web/page/figure"
	"exempla/web/static"
)

// Handler is the routing table: every address with its middleware.
func (s *Server) Handler() http.Handler {
	page := s.respond.Page
	r := newRouter(s.respond)
	r.Use(s.respond.FromCache)
	r.NotFound(s.respond.NotFound)
	r.MethodNotAllowed(s.respond.MethodNotAllowed)

	r.Get("/healthz", alive)
	r.Get("/readyz", s.ready)
	r.Get("/readyz/write", s.writes)
	r.Get(link.Robots, page(s.machine.ShowRobots))
	r.Get(link.Sitemap, page(s.machine.ShowSitemap))
	r.Get(link.SitemapParts, page(s.machine.ShowSitemapPart))
	r.Get(link.Turtle, page(s.machine.ShowTurtle))
	r.Get(link.JSONLD, page(s.machine.ShowJSONLD))
	r.Get(link.JSONLines, page(s.browse.ExportCatalogue(s.licence())))
	r.Get(link.OAI, page(s.machine.Harvest))
	r.Post(link.OAI, page(s.machine.Harvest))
	r.Get(link.SecurityText, page(s.machine.ShowSecurityText))
	r.Route(link.API, func(r chi.Router) {
		r.Use(s.respond.Data)
		s.api.Routes(r)
	})
	r.Get("/favicon.ico", s.favicon)
	r.Get(static.Prefix+"{name}", serveStatic)
	r.Get(link.ThemeFiles, s.respond.ShowThemeFile)
	r.Get(link.Home, browse.ChooseLanguage(s.respond.Theme))
	r.Get(link.ProviderReturn, s.access.ProviderReturn)
	r.With(respond.GuessLanguage).Get(link.DevMail, page(s.admin.ShowOutbox))
	r.With(respond.GuessLanguage).Get(link.Files+"{hash}", page(s.browse.ShowFile(practice.PictureSize{})))
	for _, size := range practice.PictureSizes {
		r.With(respond.GuessLanguage).Get(link.Files+"{hash}/"+size.Name, page(s.browse.ShowFile(size)))
	}

	r.Route("/{language}", func(r chi.Router) {
		r.Use(s.respond.InLanguage)
		r.Get("/", browse.ToCatalogue)
		r.Get("/practices", page(s.browse.Browse))
		for _, format := range link.Formats {
			r.Get("/practices."+format, page(s.browse.Export(format)))
		}
		r.Get("/practices.png", page(s.cards.DrawList))
		r.Get("/practices/", browse.ToCatalogue)
		r.Get("/"+link.EmbedPage, page(s.browse.Embed))
		r.Get("/practices/{slug}", page(s.browse.ShowPractice))
		r.Get("/practices/{slug}/"+link.HistoryPage, page(s.browse.ShowRevisions))
		for _, format := range citation.Formats {
			r.Get("/practices/{slug}."+format.Extension, page(s.browse.CitePractice(format)))
		}
		r.Get("/practices/{slug}.pdf", page(s.browse.PrintPractice))
		r.Get("/practices/{slug}.png", page(s.cards.DrawPractice))
		s.enquiryRoutes(r)
		s.listsRoutes(r)
		s.figuresRoutes(r)
		r.Get("/"+link.SuggestPage, page(s.browse.Suggest))
		r.Get("/"+link.InterfacePage, page(s.api.ShowInterface))
		r.Get("/"+link.OpenSearchPage, page(s.machine.ShowOpenSearch))
		for _, name := range browsepage.ProsePages {
			r.Get("/"+name, page(browse.ShowProse(name)))
		}
		s.officersRoutes(r)
		s.editorsRoutes(r)
		r.Get("/"+link.Template, page(browse.ShowTemplate))
		s.accessRoutes(r)
		s.administratorsRoutes(r)
	})
	return r
}

// enquiryRoutes are the forms by which readers report and ask, and the pages on which
// they are answered.
func (s *Server) enquiryRoutes(r chi.Router) {
	page := s.respond.Page
	for kind, name := range link.EnquiryPages {
		path := "/practices/{slug}/" + name
		r.Get(path, page(s.browse.ShowEnquiryForm(kind, false)))
		r.Post(path, page(s.browse.SendEnquiry(kind)))
		r.Get(path+"/"+link.SentPage, page(s.browse.ShowEnquiryForm(kind, true)))
	}
	h := s.enquiries
	signedIn := func(h respond.Handler) http.HandlerFunc { return page(respond.Only(h, account.Roles...)) }
	r.Get("/"+link.EnquiriesPage, signedIn(h.ListEnquiries))
	r.Get("/"+link.EnquiriesPage+"/{id}", signedIn(h.ShowEnquiry))
	r.Post("/"+link.EnquiriesPage+"/{id}", signedIn(h.TakeEnquiryStep))
}

// listsRoutes are the pages of practices that somebody has put together.
func (s *Server) listsRoutes(r chi.Router) {
	h, page := s.browse, s.respond.Page
	r.Get("/"+link.ListPage, page(h.ShowReadingList))
	r.Get("/"+link.FollowPage, page(s.follow.AskToFollow))
	r.Post("/"+link.FollowPage, page(s.follow.Follow))
	r.Get("/"+link.FollowPage+"/{secret}", page(s.follow.ShowFollowing))
	r.Post("/"+link.FollowPage+"/{secret}", page(s.follow.ChangeFollowing))
	r.Get("/"+link.FollowPage+"/{secret}/"+link.StopPage, page(s.follow.ToFollowing))
	r.Post("/"+link.FollowPage+"/{secret}/"+link.StopPage, page(s.follow.StopInOneClick))
	r.Get("/"+link.ComparePage, page(h.ComparePractices))
	r.Get("/"+link.CollectionsPage, page(h.ListCollections))
	r.Get("/"+link.CollectionsPage+"/{slug}", page(h.ShowCollection))
	r.Get("/"+link.CollectionsPage+"/{slug}.png", page(s.cards.DrawCollection))
	for _, format := range link.Formats {
		r.Get("/"+link.ListPage+"."+format, page(h.ExportReadingList(format)))
		r.Get("/"+link.CollectionsPage+"/{slug}."+format, page(h.ExportCollection(format)))
	}
}

// figuresRoutes are the pages that show practices as figures, on a map, and by what they
// have in common.
func (s *Server) figuresRoutes(r chi.Router) {
	page := s.respond.Page
	r.Get("/"+link.FactsPage, page(s.browse.ShowFacts))
	for _, name := range figure.Names {
		r.Get("/"+link.FactsPage+"/"+name+".csv", page(s.browse.TakeFigure(name, ".csv")))
		r.Get("/"+link.FactsPage+"/"+name+".svg", page(s.browse.TakeFigure(name, ".svg")))
	}
	r.Get("/"+link.MapPage, page(s.browse.ShowMap))
	for facet, folder := range link.Portraits {
		r.Get("/"+folder+"/{key}", page(s.browse.ShowPortrait(facet)))
		r.Get("/"+folder+"/{key}.png", page(s.cards.DrawPortrait(facet)))
	}
}

// newRouter returns a router without routes, with the middleware of all addresses.
func newRouter(s *respond.Responder) *chi.Mux {
	r := chi.NewRouter()
	r.Use(s.IdentifyClient, s.LogRequests, s.SecurityHeaders, respond.Open, s.LimitSize(bodyLimit), s.SameSite, respond.HeadAsGet)
	return r
}

// Around puts the middleware of all addresses around one handler. Benchmarks
// compare the cost of a page with that of the same bytes behind it.
func Around(c respond.Config, h http.Handler) http.Handler {
	r := newRouter(respond.New(c))
	r.Handle("/*", h)
	return r
}

// fileParts are the parts of the form that have files.
var fileParts = slices.DeleteFunc(slices.Clone(submission.Parts), func(p submission.Part) bool { return !p.HasFiles() })

// maxUpload is the largest body of a request with files, in bytes: as many files as
// a submission can have, and a form. They are read one at a time.
const maxUpload = respond.MaxBody + submission.MaxFiles*attachment.MaxSize

// uploads matches the addresses that take files.
var uploads = func() chi.Router {
	r := chi.NewRouter()
	for _, part := range fileParts {
		r.Post("/{language}/"+link.SubmissionsPage+"/{id}/"+string(part), http.NotFound)
	}
	return r
}()

// bodyLimit is the largest body that a request may have, in bytes.
func bodyLimit(r *http.Request) int64 {
	switch _, page, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); {
	case r.Method != http.MethodPost:
	case uploads.Match(chi.NewRouteContext(), r.Method, r.URL.Path):
		return maxUpload
	case page == link.AppearancePage:
		return admin.MaxLogoForm
	}
	return respond.MaxBody
}

// officersRoutes are the pages on which officers write.
func (s *Server) officersRoutes(r chi.Router) {
	h := s.submit
	officer := func(h respond.Handler) http.HandlerFunc { return s.respond.Page(respond.Only(h, account.Officer)) }
	r.Post("/practices/{slug}/"+link.ProposePage, officer(h.ProposeChange))
	r.Get("/practices/{slug}/"+link.TranslatePage, officer(h.AskToTranslate))
	r.Post("/practices/{slug}/"+link.TranslatePage, officer(h.Translate))
	// Editors fill in the same forms when they correct a text.
	writer := func(h respond.Handler) http.HandlerFunc {
		return s.respond.Page(respond.Only(h, account.Officer, account.Editor))
	}
	r.Get("/"+link.CitiesPage, writer(h.SuggestCities))
	r.Post("/"+link.PreviewPage, writer(h.PreviewText))
	r.Route("/"+link.SubmissionsPage, func(r chi.Router) {
		r.Get("/", officer(h.ListSubmissions))
		r.Get("/"+link.NewPage, officer(h.AskToStart))
		r.Post("/"+link.NewPage, officer(h.StartSubmission))
		r.Get("/{id}", officer(h.ShowSubmission))
		r.Get("/{id}/"+link.CheckPage, officer(h.CheckAnswers))
		r.Post("/{id}/"+link.CheckPage, officer(h.Submit))
		r.Get("/{id}/"+link.ReceiptPage, officer(h.ShowReceipt))
		r.Get("/{id}/"+link.PrintPage, officer(h.PrintSubmission))
		r.Get("/{id}/"+link.WithdrawPage, officer(h.AskToWithdraw))
		r.Post("/{id}/"+link.WithdrawPage, officer(h.WithdrawSubmission))
		r.Post("/{id}/"+link.DiscardPage, officer(h.DiscardDraft))
		r.Post("/{id}/"+link.TakeBackPage, officer(h.RestoreDraft))
		r.Get("/{id}/"+link.ColleaguePage, officer(s.authors.AskColleague))
		r.Post("/{id}/"+link.ColleaguePage, officer(s.authors.InviteColleague))
		r.Get("/{id}/"+link.ColleaguePage+"/{account}", officer(s.authors.AskToRemoveColleague))
		r.Post("/{id}/"+link.ColleaguePage+"/{account}", officer(s.authors.RemoveColleague))
		r.Post("/{id}/"+link.CommentsPage+"/{comment}", writer(h.AnswerComment))
		for _, part := range fileParts {
			r.Get("/{id}/"+string(part), writer(s.files.ShowFiles(part)))
			r.Post("/{id}/"+string(part), s.respond.Upload(respond.Only(s.files.SaveFiles(part), account.Officer, account.Editor)))
		}
		r.Get("/{id}/{part}", writer(s.parts.ShowPart))
		r.Post("/{id}/{part}", writer(s.parts.SavePart))
	})
}

// editorsRoutes are the pages on which editors review and decide.
func (s *Server) editorsRoutes(r chi.Router) {
	h := s.desk
	editor := func(h respond.Handler) http.HandlerFunc { return s.respond.Page(respond.Only(h, account.Editor)) }
	naming := func(h respond.Handler) http.HandlerFunc {
		return s.respond.Page(respond.Only(h, account.Editor, account.Administrator))
	}
	r.Route("/"+link.DeskPage, func(r chi.Router) {
		r.Get("/", editor(h.ListDesk))
		r.Post("/"+link.SeveralPage, editor(h.TakeSeveral))
		r.Get("/"+link.NamedCitiesPage, naming(s.cityNames.ListCities))
		r.Get("/"+link.NamedCitiesPage+"/{city}", naming(s.cityNames.ShowCityNames))
		r.Post("/"+link.NamedCitiesPage+"/{city}", naming(s.cityNames.SaveCityNames))
		s.collectionsRoutes(r)
		r.Get("/"+link.StatisticsPage, editor(h.ShowStatistics))
		r.Get("/"+link.StatisticsPage+".csv", editor(h.ExportStatistics))
		r.Get("/"+link.ArchivedPage, editor(s.published.ListArchived))
		for _, action := range []submission.Action{submission.Archive, submission.Restore} {
			r.Get("/"+link.ArchivedPage+"/{slug}/"+string(action), editor(s.published.ConfirmPracticeStep(action)))
			r.Post("/"+link.ArchivedPage+"/{slug}/"+string(action), editor(s.published.TakePracticeStep(action)))
		}
		r.Post("/"+link.ArchivedPage+"/{slug}/"+link.CorrectPage, editor(s.published.BeginCorrection))
		r.Get("/"+link.CorrectionsPage+"/{id}", editor(s.published.ShowCorrection))
		r.Post("/"+link.CorrectionsPage+"/{id}", editor(s.published.WriteCorrection))
		r.Get("/{id}", editor(h.Review))
		r.Post("/{id}/"+link.AssignPage, editor(h.Assign))
		r.Post("/{id}/"+link.ApprovePage, editor(h.Approve))
		r.Post("/{id}/"+link.AskPage, editor(h.RequestChanges))
		r.Post("/{id}/"+link.CriteriaPage, editor(h.TickCriteria))
		for _, step := range desk.StepsWithReason {
			r.Get("/{id}/"+step.Name, editor(h.ConfirmStep(step.Action)))
			r.Post("/{id}/"+step.Name, editor(h.TakeStep(step.Action, step.Done)))
		}
		r.Post("/{id}/"+link.DeskCommentsPage, editor(h.Write))
		r.Post("/{id}/"+link.DeskCommentsPage+"/{comment}/{act}", editor(h.ChangeComment))
		r.Get("/{id}/"+link.HistoryPage, editor(h.ShowHistory))
	})
}

// collectionsRoutes are the pages on which editors put practices together.
func (s *Server) collectionsRoutes(r chi.Router) {
	h := s.collections
	editor := func(h respond.Handler) http.HandlerFunc { return s.respond.Page(respond.Only(h, account.Editor)) }
	collections := "/" + link.CollectionsPage
	r.Get(collections, editor(h.ListCollections))
	r.Get(collections+"/"+link.NewPage, editor(h.NewCollection))
	r.Post(collections+"/"+link.NewPage, editor(h.CreateCollection))
	r.Get(collections+"/{id}", editor(h.ShowCollection))
	r.Post(collections+"/{id}", editor(h.SaveCollection))
	for _, step := range []string{link.PublishPage, link.WithdrawCollectionPage} {
		r.Get(collections+"/{id}/"+step, editor(h.ConfirmCollectionStep(step)))
		r.Post(collections+"/{id}/"+step, editor(h.TakeCollectionStep(step)))
	}
}

// accessRoutes are the pages about signing in and about one's account.
func (s *Server) accessRoutes(r chi.Router) {
	h := s.access
	page := s.respond.Page
	r.Route("/"+link.SignInPage, func(r chi.Router) {
		r.Get("/", page(h.ShowSignIn))
		r.Post("/", page(h.SignIn))
		r.Get("/code", page(h.ToSignIn))
		r.Post("/code", page(h.SecondFactor))
		r.Post("/passkey", page(h.AskPasskey))
		r.Get("/provider", page(h.ToProvider))
		r.Get("/return", page(h.FromProvider))
	})
	r.Post("/"+link.SignOutPage, page(h.SignOut))
	r.Route("/"+link.ResetPage, func(r chi.Router) {
		r.Get("/", page(h.AskReset))
		r.Post("/", page(h.SendReset))
		r.Get("/{secret}", page(h.ShowReset))
		r.Post("/{secret}", page(h.Reset))
	})
	r.Route("/"+link.InvitationPage+"/{secret}", func(r chi.Router) {
		r.Get("/", page(h.ShowInvitation))
		r.Post("/", page(h.Join))
		r.Post("/passkey", page(h.AskToJoin))
	})
	r.Get("/"+link.AddressPage+"/{secret}", page(h.ShowAddress))
	r.Post("/"+link.AddressPage+"/{secret}", page(h.ConfirmAddress))
	signedIn := func(h respond.Handler) http.HandlerFunc { return page(respond.Only(h, account.Roles...)) }
	r.Route("/"+link.AccountPage, func(r chi.Router) {
		r.Get("/", signedIn(s.account.ShowAccount))
		r.Post("/", signedIn(s.account.ChangeProfile))
		r.Post("/"+link.PasswordPart, signedIn(s.account.ChangePassword))
		r.Post("/"+link.PasskeysPart, signedIn(s.account.AddPasskey))
		r.Post("/"+link.ChallengePart, signedIn(s.account.AskNewPasskey))
		r.Post("/"+link.PasskeysPart+"/{number}", signedIn(s.account.ChangePasskey))
		r.Get("/"+link.FactorPart, signedIn(s.account.ShowFactor))
		r.Post("/"+link.FactorPart, signedIn(s.account.ChangeFactor))
		r.Post("/"+link.SessionsPart, signedIn(s.account.EndSessions))
		r.Get("/"+link.MailsPart, signedIn(s.account.ShowMails))
		r.Post("/"+link.MailsPart, signedIn(s.account.ChooseMails))
		r.Get("/"+link.AddressPart, signedIn(s.account.AskForAddress))
		r.Post("/"+link.AddressPart, signedIn(s.account.AskAddress))
	})
}

// administratorsRoutes are the pages of administrators.
func (s *Server) administratorsRoutes(r chi.Router) {
	h := s.admin
	accounts := s.Store.Accounts
	get := func(path string, h respond.Handler) {
		r.Get(path, s.respond.Page(respond.Only(h, account.Administrator)))
	}
	post := func(path string, h respond.Handler) {
		r.Post(path, s.respond.Page(respond.Only(h, account.Administrator)))
	}
	people := "/" + link.PeoplePage
	person := people + "/{id}"
	get(people, h.ListPeople)
	get(people+"/"+link.InvitePage, h.AskToInvite)
	post(people+"/"+link.InvitePage, h.InvitePerson)
	get(person, h.ShowPerson)
	post(person, h.ChangePerson)
	get(person+"/"+link.DisablePage, h.ConfirmAction(link.DisablePage))
	post(person+"/"+link.DisablePage, h.TakeAction(link.DisablePage, accounts.Disable))
	post(person+"/"+link.EnablePage, h.TakeAction(link.EnablePage, accounts.Enable))
	get(person+"/"+link.ErasePage, h.ConfirmAction(link.ErasePage))
	post(person+"/"+link.ErasePage, h.TakeAction(link.ErasePage, accounts.Erase))
	post(person+"/"+link.RemindPage, h.RemindPerson)
	get(person+"/"+link.ResetFactorPage, h.ConfirmAction(link.ResetFactorPage))
	post(person+"/"+link.ResetFactorPage, h.TakeAction(link.ResetFactorPage, accounts.ResetSecondFactor))
	get("/"+link.EventsPage, h.ListEvents)
	get("/"+link.EventsPage+".csv", h.ExportEvents)
	get("/"+link.StatePage, s.state.ShowState)
	s.appearanceRoutes(get, post)
	r.Post("/"+link.AppearancePage, s.respond.Upload(respond.Only(s.appearance.SaveAppearance, account.Administrator)))
	get("/"+link.MailsPage, h.ListMails)
	post("/"+link.MailsPage+"/{id}", h.RetryMail)
}

// appearanceRoutes are the pages on which an administrator sets how the site looks.
func (s *Server) appearanceRoutes(get, post func(string, respond.Handler)) {
	h, path := s.appearance, "/"+link.AppearancePage
	get(path, h.ShowAppearance)
	get(path+"/"+link.WordsPart, h.ShowWords)
	post(path+"/"+link.WordsPart, h.SaveWords)
	get(path+"/"+link.ContentPart, h.ShowContent)
	post(path+"/"+link.ContentPart, h.SaveContent)
	post(path+"/"+link.LeaveStep, h.LeavePreview)
	post(path+"/{id}/"+link.LookStep, h.LookAtVersion)
	post(path+"/{id}/"+link.PublishPage, h.PublishVersion)
}
