package practice

// Attachment is a file shown with a text: a picture, or a document to be
// downloaded. What it is called depends on the language, so each text has its
// own list; the files themselves are shared.
type Attachment struct {
	Hash   string `json:"hash"`             // of the content, SHA-256 in hexadecimal; also where the file lies
	Type   string `json:"type"`             // media type: image/jpeg, image/png or application/pdf
	Size   int64  `json:"size"`             // bytes
	Width  int    `json:"width,omitempty"`  // pixels, of a picture
	Height int    `json:"height,omitempty"` // likewise
	Name   string `json:"name,omitempty"`   // of a document, as people read it
	Alt    string `json:"alt,omitempty"`    // what a picture shows, for those who do not see it
	Credit string `json:"credit,omitempty"` // who made a picture; may be empty
}

// IsPicture reports whether the file is shown rather than downloaded.
func (a Attachment) IsPicture() bool { return a.Type != "application/pdf" }

// Bounds of what goes with a text.
const (
	MaxFileSize = 10 << 20 // bytes: a phone's largest picture, or a report of a hundred pages with pictures
	MaxCaption  = 300      // characters of a name, an alternative text or a credit: two long sentences
)

// LargeSide and SmallSide are the longest side, in pixels, of the two sizes
// that a picture is kept in: the width of the page on a fine screen, and a
// thumbnail on one.
const (
	LargeSide = 1600
	SmallSide = 480
)

// Small is the size, in pixels, of a picture's smaller one.
func (a Attachment) Small() (width, height int) { return Fit(a.Width, a.Height, SmallSide) }

// Fit is the size of a picture, in pixels, when its longest side is to have at
// most so many.
func Fit(width, height, side int) (int, int) {
	longest := max(width, height)
	if longest <= side {
		return width, height
	}
	return max(1, (width*side+longest/2)/longest), max(1, (height*side+longest/2)/longest)
}
