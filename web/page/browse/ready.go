package browse

import "exempla/internal/catalogue"

// Keys of the parts of listings that are ready in each language.
type (
	findKey struct{}
	headKey struct {
		facet string
		folds bool
	}
	moreKey    struct{ facet string }
	spanKey    struct{}
	sortingKey struct {
		sort     catalogue.Sort
		size     int
		searched bool
	}
)
