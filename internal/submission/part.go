package submission

import (
	"net/url"
	"slices"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Part is one page of the form and one entry of the task list. Comments are
// pinned to parts, differences are shown by part.
type Part string

// The parts that are no section of a practice. Documents are a section, with
// files beside it.
const (
	TitleAndPlace Part = "place"
	Period        Part = "period"
	Topics        Part = "topics"
	Summary       Part = "summary"
	Pictures      Part = "pictures"
)

// descriptor is all that the domain knows about one part. A part has one long
// text, files, facts, or several of them; what a part lacks is nil.
type descriptor struct {
	part     Part
	isText   bool // one long text, in Markdown
	optional bool
	untold   bool // of facts only, so that a translation lacks it
	words    int  // the most of the text when it is submitted, unless the site sets another; 0 for no limit
	most     int  // characters of the text when it is submitted

	files    func(*Content) *[]practice.Attachment
	take     func(to *Content, from Content)       // copies what the part has beside its text
	filled   func(Content) bool                    // nil for whether the text has words
	sizes    func(Content) []Problem               // that keep the part from being saved
	problems func(Content, Kind, Limits) []Problem // that keep a part without other problems from being submitted

	read  func(*PartForm, url.Values)                          // from a form that was sent
	show  func(*PartForm, Content)                             // from what is stored
	write func(*Content, PartForm, Submission) (bad []Problem) // into the content of the submission
}

// descriptors are the parts in the order of the task list. The limits of words
// are above all public texts of the sample; a page of print has 400.
var descriptors = []descriptor{
	placePart,
	periodPart,
	topicsPart,
	{part: Summary, isText: true, words: 100, most: practice.MaxSummary},
	{part: Part(practice.Purpose), isText: true, words: 150, most: practice.MaxSection},
	{part: Part(practice.Stimulus), isText: true, optional: true, words: 300, most: practice.MaxSection},
	{part: Part(practice.Process), isText: true, words: 600, most: practice.MaxSection},
	{part: Part(practice.Impact), isText: true, words: 400, most: practice.MaxSection},
	{part: Part(practice.Lessons), isText: true, optional: true, words: 300, most: practice.MaxSection},
	documentsPart,
	picturesPart,
	contactPart,
}

// Parts lists the parts in the order of the task list.
var Parts = func() []Part {
	list := make([]Part, 0, len(descriptors))
	for _, d := range descriptors {
		list = append(list, d.part)
	}
	return list
}()

// describe returns what is known about a part; of an unknown one nothing is.
func (p Part) describe() descriptor {
	if at := slices.Index(Parts, p); at >= 0 {
		return descriptors[at]
	}
	return descriptor{part: p}
}

// Known reports whether the part is one of the form.
func (p Part) Known() bool { return slices.Contains(Parts, p) }

// IsText reports whether the part has one long text, in Markdown.
func (p Part) IsText() bool { return p.describe().isText }

// Optional reports whether a submission may leave the part out. What a reader
// needs to judge a practice is required; what only some practices have is not.
func (p Part) Optional() bool { return p.describe().optional }

// Words is the most words that a part may have when it is submitted, unless the site
// sets another number; 0 for no limit.
func (p Part) Words() int { return p.describe().words }

// longText is from how many words on a text is not written in one go, so that only its
// author knows when it is complete.
const longText = 300

// Completed reports whether a part is complete: it has content and no fault, and its
// author says so where it is long. An optional one may be left empty.
func (s Submission) Completed(p Part) bool {
	said := s.Content.Filled(p)
	if AsksWord(s, p) && said {
		said = s.Content.Is(p)
	}
	return said && len(problemsOf(s, p)) == 0
}

// Faults returns what is wrong with a part that its author has begun or says is complete;
// one that is untouched has no fault yet.
func (s Submission) Faults(p Part) []Problem {
	if !s.Content.Started(p) && !(AsksWord(s, p) && s.Content.Is(p)) {
		return nil
	}
	return problemsOf(s, p)
}

func problemsOf(s Submission, p Part) []Problem { return append(s.Content.sizes(p), unready(s, p)...) }

// HasFiles reports whether the part has files.
func (p Part) HasFiles() bool { return p.describe().files != nil }

// FilesOf returns the files of a part; nil for a part without any.
func (c Content) FilesOf(p Part) []practice.Attachment {
	if d := p.describe(); d.files != nil {
		return *d.files(&c)
	}
	return nil
}

// WithFiles returns the content with other files in a part that has files. The
// receiver stays as it is.
func (c Content) WithFiles(p Part, files []practice.Attachment) Content {
	if d := p.describe(); d.files != nil {
		*d.files(&c) = files
	}
	return c
}

// With returns the content with one part, and its completion, taken from
// another.
func (c Content) With(p Part, from Content) Content {
	d := p.describe()
	if d.take != nil {
		d.take(&c, from)
	}
	if d.files != nil {
		*d.files(&c) = *d.files(&from)
	}
	if d.isText {
		c = c.WithText(p, from.Text(p))
	}
	return c.WithCompleted(p, from.Is(p))
}

// Filled reports whether a part has anything in it.
func (c Content) Filled(p Part) bool {
	if d := p.describe(); d.filled != nil {
		return d.filled(c)
	}
	return !text.Blank(c.Text(p))
}

// Started reports whether the author has begun to fill in a part. A draft has a
// title from its first moment, so the title alone does not count.
func (c Content) Started(p Part) bool {
	return c.Filled(p) && (p != TitleAndPlace || len(c.Countries) > 0)
}

// Parts lists the parts that the submission has. A translation has words only:
// the facts are those of the practice.
func (s Submission) Parts() []Part {
	if s.Kind != Translation {
		return Parts
	}
	return slices.DeleteFunc(slices.Clone(Parts), func(p Part) bool { return p.describe().untold })
}
