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

// LargeSide is the longest side in pixels of a picture as it is kept: the width of a
// page on a high-density screen.
const LargeSide = 1600

// PictureSize is a size in which a picture is sent. The zero value is that in which it is
// kept.
type PictureSize struct {
	Name string // in addresses
	Side int    // the longest, in pixels
}

// The smaller sizes.
var (
	TinyPicture   = PictureSize{"tiny", 240} // beside a title, on a high-density screen
	SmallPicture  = PictureSize{"small", 480}
	MediumPicture = PictureSize{"medium", 960} // a column of text

	PictureSizes = []PictureSize{TinyPicture, SmallPicture, MediumPicture}
)

// In returns the dimensions of a picture, in pixels, in one of the smaller sizes.
func (a Attachment) In(s PictureSize) (width, height int) { return Fit(a.Width, a.Height, s.Side) }

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
