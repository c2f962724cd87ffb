package enquiry

import (
	"net/url"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/prose"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the pages on which enquiries are answered.
const (
	StateField       = "state" // of the filter, as the next
	KindField        = "kind"
	ActField         = "act" // the step, as package enquiry calls it
	VersionField     = "version"
	AnswerField      = "answer"
	LanguageField    = "language"
	ReasonField      = "reason"
	PublicWordsField = "public_words"
	PublicField      = "public_answer"
)

// ListInput is a page of the list of enquiries.
type ListInput struct {
	State       enquiry.State // empty for any
	Kind        enquiry.Kind  // likewise
	List        []enquiry.Enquiry
	Total       int
	Page, Pages int // counted from 1
}

// List is the list of enquiries that the viewer answers.
type List struct {
	ListInput
	Meta frame.Meta
}

// NewList makes the page in a reader's language.
func NewList(l *locale.Locale, f frame.Frame, in ListInput) List {
	p := List{ListInput: in, Meta: answerMeta(f, l.T("enquiry.list.title"), link.Enquiries(l.Tag(), nil))}
	p.Meta.Query = in.query(in.Page).Encode()
	p.Meta.Narrow = false
	return p
}

// keeps reports whether the viewer sees every enquiry, and not just questions to their
// cities.
func (p List) keeps() bool { return enquiry.Keeps(p.Meta.Viewer) }

// query is the filter in an address, for a page of the list.
func (in ListInput) query(page int) url.Values {
	q := url.Values{}
	if in.State != "" {
		q.Set(StateField, string(in.State))
	}
	if in.Kind != "" {
		q.Set(KindField, string(in.Kind))
	}
	if page > 1 {
		q.Set(link.PageParameter, strconv.Itoa(page))
	}
	return q
}

// answerMeta describes a page for those who answer. It belongs to the first page of
// their highest role that knows it.
func answerMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true, Skip: frame.ToContent, Current: home(f.Viewer)}
}

// home is the name of the page from which the viewer comes.
func home(v account.Viewer) string {
	switch {
	case v.Is(account.Editor):
		return link.DeskPage
	case v.Is(account.Administrator):
		return link.PeoplePage
	}
	return link.SubmissionsPage
}

// homeTitle is the title of that page.
func homeTitle(l *locale.Locale, v account.Viewer) string {
	if home(v) == link.DeskPage {
		return l.T("desk.title")
	}
	return l.T("submissions.title")
}

// excerptLimit is how many characters of an enquiry the list shows: two lines.
const excerptLimit = 200

func excerpt(e enquiry.Enquiry) string {
	return component.Excerpt(prose.Plain(e.Words), excerptLimit)
}

// AnswerInput is an enquiry, and what was typed about it if that was not accepted.
type AnswerInput struct {
	enquiry.Enquiry
	Answer       string // as typed
	Tongue       string // language of it
	Reason       string
	PublicWords  string
	PublicAnswer string
	Problems     component.Problems
}

// NewAnswerInput is the page's input before anything is typed.
func NewAnswerInput(l *locale.Locale, e enquiry.Enquiry) AnswerInput {
	in := AnswerInput{Enquiry: e, Tongue: string(e.Language), PublicWords: e.PublicWords, PublicAnswer: e.PublicAnswer}
	if in.PublicWords == "" {
		in.PublicWords, in.PublicAnswer = e.Words, e.Answer
	}
	if _, ok := l.Beside(in.Tongue); !ok {
		in.Tongue = l.Tag()
	}
	return in
}

// Answer is the page on which an enquiry is answered.
type Answer struct {
	AnswerInput
	Meta frame.Meta
}

// NewAnswer makes the page in a reader's language.
func NewAnswer(l *locale.Locale, f frame.Frame, in AnswerInput) Answer {
	p := Answer{AnswerInput: in}
	p.Meta = answerMeta(f, kindName(l, in.Kind)+" – "+in.Title, link.Enquiry(l.Tag(), in.ID))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

func kindName(l *locale.Locale, kind enquiry.Kind) string { return l.T("enquiry.kind." + string(kind)) }

// may reports whether the viewer may take a step now.
func (p Answer) may(a enquiry.Action) bool { return p.Enquiry.May(p.Meta.Viewer, a) }

// reply says what becomes of an answer.
func (p Answer) reply(l *locale.Locale) string {
	switch {
	case p.Reachable:
		return l.T("enquiry.reply.sent")
	case p.Kind == enquiry.Report:
		return l.T("enquiry.reply.no_mail")
	}
	return l.T("enquiry.reply.mail_gone")
}

func (p Answer) field(l *locale.Locale, id, key, value string) component.Field {
	return component.Field{ID: id, Label: l.T(key), Value: value, Problem: p.Problems.At(id)}
}

func (p Answer) answerField(l *locale.Locale) component.Field {
	f := p.field(l, AnswerField, "enquiry.answer", p.Answer)
	f.Hint = p.reply(l)
	return f
}

func (p Answer) reasonField(l *locale.Locale) component.Field {
	f := p.field(l, ReasonField, "enquiry.reason", p.Reason)
	f.Hint = l.T("enquiry.reason_hint")
	if !p.Reachable {
		f.Hint = l.T("enquiry.reason_hint_no_mail")
	}
	f.Limit = enquiry.MaxReason
	return f
}

// button is the label of a step.
func (p Answer) button(l *locale.Locale, step enquiry.Action) string {
	if step == enquiry.Publish && p.Public() {
		return l.T("enquiry.act.change_published")
	}
	return l.T("enquiry.act." + string(step))
}
