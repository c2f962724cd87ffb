package admin

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/theme"
	"exempla/web/component"
	page "exempla/web/page/admin"
)

// messagesListed is how many messages a search shows.
const messagesListed = 40

// ShowWords is the page on which messages are looked for and put in other words.
func (h AppearanceHandlers) ShowWords(r *respond.Request) (respond.Response, error) {
	number, t, err := h.Themes.Latest(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	in := wordsInput(r, r.URL.Query())
	in.Latest = number
	for _, key := range found(&in, t) {
		in.Messages = append(in.Messages, page.Message{Key: key, Own: t.Words[in.Language.Tag()][key]})
	}
	return respond.Show(page.NewWords(r.Locale, r.Frame, in).View()), nil
}

// wordsInput reads in which language what is looked for.
func wordsInput(r *respond.Request, query url.Values) page.WordsInput {
	return page.WordsInput{Language: languageOf(r.Locale, query.Get(page.LanguageField)),
		Query: strings.TrimSpace(strings.ToValidUTF8(query.Get(page.QueryField), ""))}
}

// found are the keys of the messages that a search finds by their words or their key;
// without a search, of all that the site has its own words for.
func found(in *page.WordsInput, t theme.Theme) (keys []string) {
	own := t.Words[in.Language.Tag()]
	wanted := strings.ToLower(in.Query)
	for _, key := range in.Language.Keys() {
		if wanted == "" {
			if own[key] == nil {
				continue
			}
		} else if standard, _ := in.Language.Standard(key); !strings.Contains(key, wanted) && !says(standard, wanted) && !says(own[key], wanted) {
			continue
		}
		if len(keys) == messagesListed {
			in.More = true
			break
		}
		keys = append(keys, key)
	}
	return keys
}

func says(forms locale.Forms, wanted string) bool {
	for _, text := range forms {
		if strings.Contains(strings.ToLower(text), wanted) {
			return true
		}
	}
	return false
}

// SaveWords keeps the words of the form as a new version. A field that is empty brings
// the program's words back.
func (h AppearanceHandlers) SaveWords(r *respond.Request) (respond.Response, error) {
	on, err := h.basis(r)
	if err != nil {
		return respond.Response{}, err
	}
	in := wordsInput(r, r.PostForm)
	t := on.theme
	in.Latest, in.Note = on.number, noteOf(r)
	l := in.Language
	sent := sentWords(r, l)
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		standard, _ := l.Standard(key)
		own := ownForms(l, key, sent[key])
		if own != nil {
			for _, f := range theme.CheckWords(l, key, own) {
				in.Problems = append(in.Problems, component.Problem{Field: page.WordsField(key, firstForm(standard)), Text: key + ": " + f.Say(r.Locale)})
			}
		}
		t.Words.Set(l.Tag(), key, own)
		in.Messages = append(in.Messages, page.Message{Key: key, Own: own})
	}
	if faults := t.Check(); len(in.Problems) == 0 && len(faults) > 0 {
		in.Problems = append(in.Problems, component.Problem{Text: faults[0].Say(r.Locale)})
	}
	if len(in.Problems) > 0 {
		return respond.Invalid(page.NewWords(r.Locale, r.Frame, in).View()), nil
	}
	return h.save(r, on, t, link.AppearanceWords(r.Tag(), in.Address()))
}

// sentWords are the words of the form, by the key of the message.
func sentWords(r *respond.Request, l *locale.Locale) map[string]locale.Forms {
	sent := map[string]locale.Forms{}
	for field := range r.PostForm {
		key, form, ok := page.ParseWordsField(field)
		if standard, _ := l.Standard(key); !ok || standard[form] == "" {
			continue
		}
		if sent[key] == nil {
			sent[key] = locale.Forms{}
		}
		sent[key][form] = strings.Join(strings.Fields(r.Words(field)), " ")
	}
	return sent
}

// firstForm is the first form of a message in the order of the form.
func firstForm(m locale.Forms) string {
	at := slices.IndexFunc(locale.FormNames, func(name string) bool { return m[name] != "" })
	return locale.FormNames[max(at, 0)]
}
