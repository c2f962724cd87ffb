package admin

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/theme"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// versionsListed is how many versions of the theme the page lists.
const versionsListed = 50

// AppearanceHandlers have the pages on which an administrator sets how the site looks and
// what it calls things.
type AppearanceHandlers struct {
	*Handlers
	Themes *store.Themes
}

// ShowAppearance is the page of the look of the site, with its versions.
func (h AppearanceHandlers) ShowAppearance(r *respond.Request) (respond.Response, error) {
	number, t, err := h.Themes.Latest(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	return h.show(r, page.AppearanceInput{Latest: number, Mark: t.Mark(), Theme: t, Present: t.Logo})
}

// show is the page with a theme that may have been filled in wrongly.
func (h AppearanceHandlers) show(r *respond.Request, in page.AppearanceInput) (respond.Response, error) {
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	list, err := h.Themes.List(r.Context(), max(before, 0), versionsListed+1)
	if err != nil {
		return respond.Response{}, err
	}
	if len(list) > versionsListed {
		list = list[:versionsListed]
		in.Older = list[versionsListed-1].Number
	}
	if in.Shown, _, err = h.Themes.Published(r.Context()); err != nil {
		return respond.Response{}, err
	}
	in.Versions = list
	var people []account.ID
	for _, v := range list {
		people = append(people, v.By, v.PublishedBy)
	}
	if in.Names, err = r.Names(h.Accounts, people); err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewAppearance(r.Locale, r.Frame, in).View(), Status: respond.StatusWith(in.Problems)}, nil
}

// SaveAppearance keeps what the form says as a new version.
func (h AppearanceHandlers) SaveAppearance(r *respond.Request) (respond.Response, error) {
	if err := readLogoForm(r); err != nil {
		return respond.Response{}, err
	}
	on, err := h.basis(r)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.AppearanceInput{Latest: on.number, Mark: on.mark, Theme: on.theme, Present: on.theme.Logo, Note: noteOf(r)}
	if err := h.takeLogo(r, &in); err != nil {
		return respond.Response{}, err
	}
	for _, l := range locale.All() {
		in.Theme.Words.Set(l.Tag(), locale.SiteName, ownForms(l, locale.SiteName, locale.Forms{"other": strings.TrimSpace(r.Words(page.NameField(l.Tag())))}))
	}
	in.Theme.Publisher = strings.Join(strings.Fields(r.Words(page.PublisherField)), " ")
	in.Theme.Contact = strings.TrimSpace(r.Words(page.ContactField))
	for _, c := range page.ColourFields(&in.Theme.Colours) {
		*c.Value = theme.ParseColour(r.Words(c.Field))
		if nearest := r.Words(page.NearestPrefix + c.Field); nearest != "" {
			*c.Value = theme.ParseColour(nearest)
		}
	}
	in.Theme.Languages = offered(r)
	if len(in.Theme.Languages) == 0 {
		in.Problems.Add(r.Locale, page.OfferedField, "appearance.no_language")
	}
	if len(in.Theme.Languages) == len(locale.All()) {
		in.Theme.Languages = nil
	}
	in.Nearest = map[string]string{}
	for _, f := range in.Theme.Check() {
		if f.Why == "contrast" {
			in.Nearest[page.FieldOf(f.Path)] = f.What
		}
		in.Problems = append(in.Problems, component.Problem{Field: page.FieldOf(f.Path), Text: f.Say(r.Locale)})
	}
	if len(in.Problems) > 0 {
		in.KeepLogo()
		return h.show(r, in)
	}
	return h.save(r, on, in.Theme, link.Appearance(r.Tag()))
}

// offered are the languages that the form chooses, in the program's order.
func offered(r *respond.Request) (tags []string) {
	for _, l := range locale.All() {
		if slices.Contains(r.PostForm[page.OfferedField], l.Tag()) {
			tags = append(tags, l.Tag())
		}
	}
	return tags
}

// basis is the latest version, which a form changes.
type basis struct {
	number int64
	mark   string // of its content
	theme  theme.Theme
}

// basis returns the latest version, which must be the one that a form was written on.
// Errors: submission.ErrConflict if it is another, ErrAway.
func (h AppearanceHandlers) basis(r *respond.Request) (on basis, err error) {
	from, malformed := strconv.ParseInt(r.PostFormValue(page.BasisField), 10, 64)
	on.number, on.theme, err = h.Themes.Latest(r.Context())
	if err == nil && (malformed != nil || on.number != from) {
		err = submission.ErrConflict
	}
	on.mark = on.theme.Mark() // before the form is laid over it
	return on, err
}

// save keeps a theme as a new version after the one that it was made of, unless nothing
// has changed.
func (h AppearanceHandlers) save(r *respond.Request, on basis, t theme.Theme, to string) (respond.Response, error) {
	if on.mark == t.Mark() {
		return r.Done("appearance.done.same", to)
	}
	v := theme.Version{Note: noteOf(r), Written: h.Now(), By: r.Viewer().ID}
	number, err := h.Themes.Save(r.Context(), v, on.number, t)
	if err != nil {
		return respond.Response{}, err
	}
	if r.Frame.Preview != 0 { // who looks at their work goes on looking at it
		r.PreviewTheme(number)
	}
	return r.Done("appearance.done.saved", to)
}

// noteOf is the note about a version, shortened to what is kept.
func noteOf(r *respond.Request) string {
	return theme.ShortNote(strings.Join(strings.Fields(r.Words(page.NoteField)), " "))
}

// ownForms are words in the place of a message; none if they are empty or the program's
// own.
func ownForms(l *locale.Locale, key string, typed locale.Forms) locale.Forms {
	empty := true
	for _, text := range typed {
		empty = empty && text == ""
	}
	standard, _ := l.Standard(key)
	if empty || reflect.DeepEqual(typed, standard) {
		return nil
	}
	return typed
}

// LookAtVersion makes the site look to the viewer alone as in a version.
func (h AppearanceHandlers) LookAtVersion(r *respond.Request) (respond.Response, error) {
	number, ok := r.Number("id")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if _, err := h.Themes.Of(r.Context(), number); err != nil {
		return respond.Response{}, err
	}
	r.PreviewTheme(number)
	return respond.Redirect(link.Catalogue(r.Tag())), nil
}

// LeavePreview shows the site to the viewer as everybody sees it.
func (h AppearanceHandlers) LeavePreview(r *respond.Request) (respond.Response, error) {
	r.PreviewTheme(0)
	return respond.Redirect(link.Appearance(r.Tag())), nil
}

// PublishVersion shows a version to everybody.
func (h AppearanceHandlers) PublishVersion(r *respond.Request) (respond.Response, error) {
	number, ok := r.Number("id")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if err := h.Themes.Publish(r.Context(), number, h.actor(r)); err != nil {
		return respond.Response{}, err
	}
	if err := r.RenewTheme(); err != nil {
		return respond.Response{}, err
	}
	r.PreviewTheme(0)
	return r.Done("appearance.done.published", link.Appearance(r.Tag()))
}
