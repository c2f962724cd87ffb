package server

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/web/page"
)

// maxQuestions bounds what is asked when nothing was found, beside the spelling:
// each of a few terms left out and by itself. All are answered in one round trip.
const maxQuestions = 12

// ask asks the store what would help where nothing was found. It is asked on
// empty pages only: words that find anything are spelled as the catalogue
// spells them. What cannot be answered is missing on the page, no more.
func (s *Server) ask(v *visit, selection catalogue.Selection, hits catalogue.Hits) page.Asking {
	var a page.Asking
	if len(hits.Tiers) == 0 {
		a.Spelled = s.spelled(v, selection)
	}
	questions := questions(selection, a.Spelled)
	if len(questions) == 0 {
		return a
	}
	found, err := s.Store.Practices.MatchEach(v.r.Context(), questions, practice.Language(v.l.Tag()))
	if err != nil {
		s.Log.Warn("an empty page has no counts", "request", v.w.Header().Get(requestID), "error", err)
		return page.Asking{}
	}
	a.Found = make(map[string]catalogue.Hits, len(found))
	for i, hits := range found {
		a.Found[questions[i]] = hits
	}
	return a
}

// questions lists the words to look for: those spelled better, those without
// each term, and each term.
func questions(s catalogue.Selection, spelled string) []string {
	list := []string{spelled}
	terms := s.Terms()
	for i := range terms {
		list = append(list, s.WithoutTerm(i).Words)
	}
	for _, term := range terms {
		if !strings.HasPrefix(term, "-") {
			list = append(list, term)
		}
	}
	var different []string
	for _, words := range list {
		if words != "" && words != s.Words && !slices.Contains(different, words) && len(different) < maxQuestions {
			different = append(different, words)
		}
	}
	return different
}

// spelled writes the words of a selection as the catalogue spells them; empty
// when it knows no better.
func (s *Server) spelled(v *visit, selection catalogue.Selection) string {
	corrections, err := s.Store.Practices.Spelling(v.r.Context(), words(selection.Words))
	if err != nil {
		s.Log.Warn("an empty page has no spelling", "request", v.w.Header().Get(requestID), "error", err)
		return ""
	}
	written := selection.Words
	for _, c := range corrections {
		written = replaceWord(written, c.Word, c.Instead)
	}
	if written == selection.Words {
		return ""
	}
	return selection.WithWords(written).Words
}

// words takes typed words apart as they are written.
func words(typed string) []string { return strings.FieldsFunc(typed, isBetween) }

// isBetween reports whether a character belongs to no word.
func isBetween(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
}

// replaceWord replaces a word wherever it stands as one.
func replaceWord(text, word, by string) string {
	var b strings.Builder
	for text != "" {
		at := strings.IndexFunc(text, func(r rune) bool { return !isBetween(r) })
		if at < 0 {
			break
		}
		b.WriteString(text[:at])
		text = text[at:]
		end := strings.IndexFunc(text, isBetween)
		if end < 0 {
			end = len(text)
		}
		if text[:end] == word {
			b.WriteString(by)
		} else {
			b.WriteString(text[:end])
		}
		text = text[end:]
	}
	return b.String() + text
}

// unsearched answers when words could not be looked for: filters need no
// database, so the page leads to them.
func (s *Server) unsearched(v *visit, selection catalogue.Selection, err error) (answer, error) {
	name := "words"
	switch {
	case errors.Is(err, store.ErrSlow):
		name = "slow"
		s.Log.Warn("a search took too long", "request", v.w.Header().Get(requestID))
	case errors.Is(err, store.ErrAway):
		v.w.Header().Set("Retry-After", retryAfter)
		s.Log.Warn("the database is away", "request", v.w.Header().Get(requestID), "error", err)
	default:
		return answer{}, err
	}
	asked := page.Asked{Frame: v.frame, Index: v.index, Selection: selection}
	return answer{view: page.Unsearched(v.l, asked, name).View(), status: http.StatusServiceUnavailable}, nil
}
