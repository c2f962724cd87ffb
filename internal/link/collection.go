package link

import "strconv"

// CollectionsPage is the name of the pages of collections in every language, and of
// those of the desk about them.
const CollectionsPage = "collections"

// Steps of a collection on the desk.
const (
	PublishPage            = "publish"
	WithdrawCollectionPage = "withdraw"
)

// Collections lists what editors have put together.
func Collections(tag string) string { return Page(tag, CollectionsPage) }

// Collection is the one lasting address of a collection in a language.
func Collection(tag, slug string) string { return Collections(tag) + "/" + slug }

// CollectionExport is a collection in one of Formats.
func CollectionExport(tag, slug, format string) string { return Collection(tag, slug) + "." + format }

// DeskCollections lists all collections for editors.
func DeskCollections(tag string) string { return Desk(tag) + "/" + CollectionsPage }

// DeskCollection is the form of a collection; of a new one for 0.
func DeskCollection(tag string, id int64) string {
	if id == 0 {
		return DeskCollections(tag) + "/" + NewPage
	}
	return DeskCollections(tag) + "/" + strconv.FormatInt(id, 10)
}

// CollectionStep is where an editor takes a step with a collection.
func CollectionStep(tag string, id int64, step string) string {
	return DeskCollection(tag, id) + "/" + step
}
