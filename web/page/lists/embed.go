package lists

import (
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// Embed is a list as another site shows it in a frame: without anything around it.
type Embed struct {
	Site      link.Site
	Style     string // as of frame.Frame, as is the logo
	Logo      frame.Logo
	Title     string // in words
	Selection catalogue.Selection
	Cards     []browse.Card
	Total     int
}

// whole is the listing with all that the selection finds.
func (p Embed) whole(l *locale.Locale) string { return link.Browse(l.Tag(), p.Selection) }
