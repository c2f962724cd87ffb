package practice

// Attachment is a file that belongs to a text: a picture to show or a document to
// download. Names and captions depend on the language, so each text has its own
// list; the files themselves are shared between texts.
type Attachment struct {
	Hash   string `json:"hash"`             // of the content, SHA-256 in hexadecimal; also the name of the stored file
	Type   string `json:"type"`             // media type: image/jpeg, image/png or application/pdf
	Size   int64  `json:"size"`             // bytes
	Width  int    `json:"width,omitempty"`  // pixels, of a picture
	Height int    `json:"height,omitempty"` // likewise
	Name   string `json:"name,omitempty"`   // of a document, as shown to readers
	Alt    string `json:"alt,omitempty"`    // text alternative of a picture
	Credit string `json:"credit,omitempty"` // creator of a picture; may be empty
}

// IsPicture reports whether the file is shown rather than downloaded.
func (a Attachment) IsPicture() bool { return a.Type != "application/pdf" }

// Limits of attachments.
const (
	MaxFileSize = 10 << 20 // bytes: a phone's largest picture, or a report of a hundred pages with pictures
	MaxCaption  = 300      // characters of a name, an alternative text or a credit: two long sentences
)

// LargeSide and SmallSide are the longest side in pixels of the two stored sizes
// of a picture: the width of a page and of a thumbnail on a high-density screen.
const (
	LargeSide = 1600
	SmallSide = 480
)

// Small returns the dimensions, in pixels, of the thumbnail of a picture.
func (a Attachment) Small() (width, height int) { return Fit(a.Width, a.Height, SmallSide) }

// Fit returns the dimensions, in pixels, of a picture scaled down so that its
// longest side has at most side pixels. It keeps the aspect ratio, never enlarges,
// and never returns less than 1.
func Fit(width, height, side int) (int, int) {
	longest := max(width, height)
	if longest <= side {
		return width, height
	}
	return max(1, (width*side+longest/2)/longest), max(1, (height*side+longest/2)/longest)
}
