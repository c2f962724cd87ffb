package link

import (
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// Names of the pages of reading lists in every language.
const (
	ListPage    = "list"
	ComparePage = "compare"
)

// WholeListParameter is the reading list from which those to compare were chosen.
const WholeListParameter = "list"

// ReadingList is the page of a reading list.
func ReadingList(tag string, list practice.ReadingList) string {
	return Keeping(Page(tag, ListPage), list)
}

// ListExport is a reading list in one of Formats.
func ListExport(tag string, list practice.ReadingList, format string) string {
	return Keeping(Page(tag, ListPage)+"."+format, list)
}

// Compare has practices side by side that were chosen from a reading list, to which it
// leads back.
func Compare(tag string, chosen, list practice.ReadingList) string {
	address := Keeping(Page(tag, ComparePage), chosen)
	if len(list) == 0 {
		return address
	}
	if len(chosen) == 0 {
		return WithQuery(address, listQuery(WholeListParameter, list))
	}
	return address + "&" + listQuery(WholeListParameter, list)
}

// Keeping is an address with a reading list that goes along.
func Keeping(address string, list practice.ReadingList) string {
	if len(list) == 0 {
		return address
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + listQuery(catalogue.ListParameter, list)
}

// listQuery writes slugs, which need no escaping.
func listQuery(parameter string, list practice.ReadingList) string {
	return parameter + "=" + strings.Join(list, "+")
}
