package desk

import (
	"errors"
	"strconv"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page/lists"
)

// CollectionHandlers answer the requests of editors about collections.
type CollectionHandlers struct {
	*Handlers
	Collections *store.Collections
}

// ListCollections lists all collections.
func (h *CollectionHandlers) ListCollections(r *respond.Request) (respond.Response, error) {
	found, err := h.Collections.All(r.Context())
	return respond.Show(lists.NewDeskCollections(r.Locale, r.Frame, lists.DeskCollectionsInput{List: found}).View()), err
}

// NewCollection shows the form of a new collection.
func (h *CollectionHandlers) NewCollection(r *respond.Request) (respond.Response, error) {
	return respond.Show(lists.NewCollectionForm(r.Locale, r.Frame, lists.CollectionFormInput{}).View()), nil
}

// ShowCollection shows the form of a collection as it is stored.
func (h *CollectionHandlers) ShowCollection(r *respond.Request) (respond.Response, error) {
	found, err := h.collection(r)
	if err != nil {
		return respond.Response{}, err
	}
	slugs, err := h.Practices.Slugs(r.Context(), found.Practices)
	if err != nil {
		return respond.Response{}, err
	}
	in := lists.CollectionFormInput{Collection: found, Typed: strings.Join(slugs, "\n")}
	if found.Selection != "" {
		in.Address = r.Frame.Site.Absolute(link.Browse(r.Tag(), catalogue.ParseAddress(found.Selection)))
	}
	return respond.Show(lists.NewCollectionForm(r.Locale, r.Frame, in).View()), nil
}

// collection finds the collection of an address.
func (h *CollectionHandlers) collection(r *respond.Request) (practice.Collection, error) {
	id, ok := r.Number("id")
	if !ok {
		return practice.Collection{}, respond.ErrNoSuchPage
	}
	return h.Collections.Find(r.Context(), id)
}

// CreateCollection stores a new collection as a draft.
func (h *CollectionHandlers) CreateCollection(r *respond.Request) (respond.Response, error) {
	return h.save(r, practice.Collection{})
}

// SaveCollection stores what was changed in a collection. If it is public, residents see
// that at once.
func (h *CollectionHandlers) SaveCollection(r *respond.Request) (respond.Response, error) {
	found, err := h.collection(r)
	if err != nil {
		return respond.Response{}, err
	}
	return h.save(r, found)
}

func (h *CollectionHandlers) save(r *respond.Request, now practice.Collection) (respond.Response, error) {
	in := lists.CollectionFormInput{Collection: now}
	readTexts(r, &in)
	if err := h.readPractices(r, &in); err != nil {
		return respond.Response{}, err
	}
	readSelection(r, &in)
	if len(in.Problems) > 0 {
		return respond.Invalid(lists.NewCollectionForm(r.Locale, r.Frame, in).View()), nil
	}
	in.Collection.Version = readVersion(r)
	if in.ID == 0 {
		text, _ := in.Text(practice.Language(r.Tag()))
		in.Slug = practice.Slugify(text.Title)
	}
	saved, err := h.Collections.Save(r.Context(), in.Collection, r.Viewer().ID, h.Now())
	switch {
	case errors.Is(err, submission.ErrConflict):
		in.Now, in.Collection.Version = now, now.Version
		in.Problems.Add(r.Locale, "", "collection.conflict")
		return respond.Conflict(lists.NewCollectionForm(r.Locale, r.Frame, in).View()), nil
	case err != nil:
		return respond.Response{}, err
	}
	h.refreshCatalogue(r)
	return r.Done("done.collection_saved", link.DeskCollection(r.Tag(), saved.ID))
}

// readVersion is the version from which the form was made; -1, which is never up to
// date, if it does not say.
func readVersion(r *respond.Request) int {
	version, err := strconv.Atoi(r.PostFormValue("version"))
	if err != nil {
		return -1
	}
	return version
}

// readTexts reads titles and intros. Texts in languages that the site does not offer
// stay as they are.
func readTexts(r *respond.Request, in *lists.CollectionFormInput) {
	texts := map[practice.Language]practice.CollectionText{}
	for language, text := range in.Texts {
		texts[language] = text
	}
	for _, of := range r.Locale.Offered() {
		text := practice.CollectionText{Title: submission.Tidy(r.PostFormValue(lists.TitleField(of))), Intro: submission.Tidy(r.PostFormValue(lists.IntroField(of)))}
		language := practice.Language(of.Tag())
		field, limit := lists.TitleField(of), practice.MaxCollectionTitle
		fault := text.Fault()
		if fault == practice.IntroTooLong {
			field, limit = lists.IntroField(of), practice.MaxIntro
		}
		if fault != "" {
			in.Problems.Add(r.Locale, field, "collection.fault."+string(fault), "Language", r.Locale.Language(of.Tag()), "Limit", limit)
		}
		delete(texts, language)
		if text != (practice.CollectionText{}) {
			texts[language] = text
		}
	}
	in.Texts = texts
	if len(texts) == 0 {
		in.Problems.Add(r.Locale, lists.TitleField(r.Locale), "collection.no_text")
	}
}

// readPractices reads the practices chosen by hand: on each line a slug, the address of
// a practice, or that of a reading list.
func (h *CollectionHandlers) readPractices(r *respond.Request, in *lists.CollectionFormInput) error {
	in.Typed = submission.Tidy(r.PostFormValue(lists.PracticesField))
	var slugs []string
	for line := range strings.Lines(in.Typed) {
		path, query, _ := strings.Cut(strings.TrimSpace(line), "?")
		if listed := catalogue.ParseAddress(query).List; len(listed) > 0 && !strings.Contains(path, "/practices/") {
			slugs = append(slugs, listed...)
		} else if slug := practice.Slugify(path[strings.LastIndexByte(path, '/')+1:]); slug != "" {
			slugs = append(slugs, slug)
		}
		if len(slugs) > practice.MaxCollected {
			in.Problems.Add(r.Locale, lists.PracticesField, "collection.too_many", "Limit", practice.MaxCollected)
			return nil
		}
	}
	numbers, err := h.Practices.Numbers(r.Context(), slugs)
	in.Practices = nil
	chosen := map[int64]bool{}
	var unknown []string
	for _, slug := range slugs {
		switch number, ok := numbers[slug]; {
		case !ok:
			unknown = append(unknown, slug)
		case !chosen[number]:
			chosen[number] = true
			in.Practices = append(in.Practices, number)
		}
	}
	if len(unknown) > 0 {
		in.Problems.Add(r.Locale, lists.PracticesField, "collection.unknown", "Slugs", r.Locale.And(unknown))
	}
	return err
}

// readSelection reads the address of a listing.
func readSelection(r *respond.Request, in *lists.CollectionFormInput) {
	in.Address = strings.TrimSpace(r.PostFormValue(lists.SelectionField))
	in.Selection = ""
	if in.Address == "" {
		return
	}
	_, query, _ := strings.Cut(in.Address, "?")
	selection := catalogue.ParseAddress(query).WithoutList().OnPage(1)
	if !selection.Narrowed() || selection.HasStrays() {
		in.Problems.Add(r.Locale, lists.SelectionField, "collection.no_selection")
		return
	}
	in.Selection = selection.Query()
}

// collectionSteps are the states to which the pages of steps lead, and the message after.
var collectionSteps = map[string]struct {
	to   practice.CollectionState
	done string
}{
	link.PublishPage:            {practice.PublishedCollection, "done.collection_published"},
	link.WithdrawCollectionPage: {practice.WithdrawnCollection, "done.collection_withdrawn"},
}

// ConfirmCollectionStep returns the handler of the page on which a step is confirmed.
func (h *CollectionHandlers) ConfirmCollectionStep(step string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.collection(r)
		return respond.Show(lists.NewCollectionStep(r.Locale, r.Frame, lists.CollectionStepInput{Collection: found, Step: step}).View()), err
	}
}

// TakeCollectionStep returns the handler that takes it. Both can be undone by the other.
func (h *CollectionHandlers) TakeCollectionStep(step string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.collection(r)
		if err != nil {
			return respond.Response{}, err
		}
		sent := found
		sent.Version = readVersion(r)
		_, err = h.Collections.Advance(r.Context(), sent, store.CollectionStep{To: collectionSteps[step].to, By: r.Viewer().ID, At: h.Now()})
		if isConflict(err) {
			in := lists.CollectionStepInput{Collection: found, Step: step}
			in.Problems.Add(r.Locale, "", "collection.step_conflict")
			return respond.Conflict(lists.NewCollectionStep(r.Locale, r.Frame, in).View()), nil
		}
		if err != nil {
			return respond.Response{}, err
		}
		h.refreshCatalogue(r)
		return r.Done(collectionSteps[step].done, link.DeskCollection(r.Tag(), found.ID))
	}
}
