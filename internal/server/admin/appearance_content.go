package admin

import (
	"slices"
	"strconv"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/internal/theme"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// ShowContent is the page of what the site has in it.
func (h AppearanceHandlers) ShowContent(r *respond.Request) (respond.Response, error) {
	number, t, err := h.Themes.Latest(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	in := page.ContentInput{Latest: number, Theme: t, Language: languageOf(r.Locale, r.URL.Query().Get(page.LanguageField))}
	return respond.Show(page.NewContent(r.Locale, r.Frame, in).View()), nil
}

// languageOf is the language of a tag in the words of the program; the reader's if there is
// none.
func languageOf(reader *locale.Locale, tag string) *locale.Locale {
	l, ok := locale.Find(tag)
	if !ok {
		l, _ = locale.Find(reader.Tag())
	}
	return l
}

// SaveContent keeps what the form says as a new version.
func (h AppearanceHandlers) SaveContent(r *respond.Request) (respond.Response, error) {
	on, err := h.basis(r)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.ContentInput{Latest: on.number, Theme: on.theme, Note: noteOf(r), Language: languageOf(r.Locale, r.PostFormValue(page.LanguageField))}
	readContent(r, &in.Theme, in.Language)
	in.Typed = readLimits(r, &in.Theme)
	for _, f := range in.Theme.Check() {
		in.Problems = append(in.Problems, component.Problem{Field: page.ContentFieldOf(f.Path, in.Language.Tag()), Text: f.Say(r.Locale)})
	}
	if len(in.Problems) > 0 {
		return respond.Invalid(page.NewContent(r.Locale, r.Frame, in).View()), nil
	}
	return h.save(r, on, in.Theme, link.AppearanceContent(r.Tag(), in.Address()))
}

// readContent lays the form over a theme, with names in a language.
func readContent(r *respond.Request, t *theme.Theme, l *locale.Locale) {
	t.TopicsOff, t.FacetsOff = nil, nil
	for _, topic := range practice.Topics {
		if !slices.Contains(r.PostForm[page.TopicsField], string(topic)) {
			t.TopicsOff = append(t.TopicsOff, topic)
		}
		key, typed := theme.TopicName(topic), strings.Join(strings.Fields(r.Words(page.TopicField(topic))), " ")
		t.Words.Set(l.Tag(), key, ownForms(l, key, locale.Forms{"other": typed}))
	}
	for _, f := range catalogue.Facets {
		if !slices.Contains(r.PostForm[page.FacetsField], f.Name()) {
			t.FacetsOff = append(t.FacetsOff, f.Name())
		}
	}
	t.SetAbout(l.Tag(), r.Words(page.AboutField))
}

// readLimits lays the limits of the form over a theme, and returns them as they were typed.
func readLimits(r *respond.Request, t *theme.Theme) (typed map[string]string) {
	t.Limits, typed = submission.Limits{}, map[string]string{}
	read := func(field string, standard int) int {
		typed[field] = strings.TrimSpace(r.Words(field))
		limit, err := strconv.Atoi(typed[field])
		switch {
		case typed[field] == "", limit == standard:
			return 0
		case err != nil, limit == 0:
			return -1 // which is out of all bounds; 0 is the program's
		}
		return limit
	}
	for _, part := range submission.LongTexts {
		if limit := read(page.WordsLimitField(part), part.Words()); limit != 0 {
			if t.Limits.Words == nil {
				t.Limits.Words = map[submission.Part]int{}
			}
			t.Limits.Words[part] = limit
		}
	}
	t.Limits.Topics = read(page.MostTopicsField, submission.MaxTopics)
	t.Limits.Files = read(page.MostFilesField, submission.MaxFiles)
	return typed
}
