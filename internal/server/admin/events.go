package admin

import (
	"bufio"
	"context"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/admin"
)

// Bounds of reading the record: how many events a page shows, and how many the
// export reads at a time, each time with a new look at what people are called.
const (
	eventsOnPage  = 100
	eventsAtATime = 400 // and with two people each not more than store.MaxAccounts allows in practice
)

// eventActions are all actions that are recorded, in the order in which they
// are offered: messages "event.<action>".
var eventActions = slices.Concat([]string{string(submission.Start), string(submission.Discard), string(submission.TakeBack),
	string(submission.Submit), string(submission.Withdraw), string(submission.Assign), string(submission.Correct),
	string(submission.RequestChanges), string(submission.Approve), string(submission.Reject), string(submission.Reopen),
	"invite_author", string(submission.Archive), string(submission.Restore)}, store.AccountActions)

// ListEvents is the record, the newest events first.
func (h *Handlers) ListEvents(r *respond.Request) (respond.Response, error) {
	f := askedEvents(r)
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	found, err := h.Events.List(r.Context(), stored(f), max(before, 0), eventsOnPage+1)
	if err != nil {
		return respond.Response{}, err
	}
	p := page.EventsInput{Filter: f, Actions: eventActions, First: before <= 0}
	for _, subject := range store.Subjects {
		p.Subjects = append(p.Subjects, string(subject))
	}
	if len(found) > eventsOnPage {
		found = found[:eventsOnPage]
		p.Older = found[eventsOnPage-1].ID
	}
	for _, e := range found {
		p.List = append(p.List, page.Event{At: e.At, By: e.Account, Action: e.Action, Subject: string(e.Subject), Number: e.Number, From: e.From, To: e.To})
	}
	if p.People, err = h.peopleOf(r.Context(), found); err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewEvents(r.Locale, r.Frame, p).View()}, nil
}

// peopleOf looks up everybody whom events name, as they are now.
func (h *Handlers) peopleOf(ctx context.Context, events []store.Event) (map[account.ID]account.Account, error) {
	ids := map[account.ID]bool{}
	for _, e := range events {
		ids[e.Account] = true
		if e.Subject == store.OfAccount || e.Subject == store.OfSession {
			ids[account.ID(e.Number)] = true
		}
	}
	people := map[account.ID]account.Account{}
	var some []account.ID
	for id := range ids {
		some = append(some, id)
	}
	for chunk := range slices.Chunk(some, store.MaxAccounts) {
		known, err := h.Accounts.ByIDs(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for id, a := range known {
			people[id] = a
		}
	}
	return people, nil
}

// askedEvents reads the filter of an address. What is unknown is left out.
func askedEvents(r *respond.Request) page.EventsFilter {
	asked := r.URL.Query()
	f := page.EventsFilter{Who: respond.Words(asked.Get("who")), Action: asked.Get("action"), Subject: asked.Get("subject"),
		Number: eventNumber(asked.Get("number"))}
	if !slices.Contains(eventActions, f.Action) {
		f.Action = ""
	}
	if !slices.Contains(store.Subjects, store.Subject(f.Subject)) {
		f.Subject = ""
	}
	f.From, _ = time.Parse(time.DateOnly, asked.Get("from"))
	f.To, _ = time.Parse(time.DateOnly, asked.Get("to"))
	return f
}

// eventNumber is a number as people type it, "12" or "EX-00012"; 0 for none.
func eventNumber(text string) int64 {
	text = strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "EX-")
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 {
		return 0
	}
	return number
}

// stored is a filter as the store knows it: the last day is included.
func stored(f page.EventsFilter) store.EventFilter {
	filter := store.EventFilter{Who: f.Who, Action: f.Action, Subject: store.Subject(f.Subject), Number: f.Number, From: f.From}
	if !f.To.IsZero() {
		filter.To = f.To.AddDate(0, 0, 1)
	}
	return filter
}

// ExportEvents sends the filtered record as a file for spreadsheets. It is
// never whole in memory; one that breaks off in the middle ends the connection,
// so that nobody takes it for whole.
func (h *Handlers) ExportEvents(r *respond.Request) (respond.Response, error) {
	filter := stored(askedEvents(r))
	list, err := h.Events.List(r.Context(), filter, 0, eventsAtATime)
	if err != nil {
		return respond.Response{}, err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="exempla-events-`+h.Now().UTC().Format(time.DateOnly)+`.csv"`)
	header.Set("Cache-Control", "private, no-store")
	out := bufio.NewWriter(r.Writer)
	out.WriteString("\ufeff") // by which Excel knows that letters beyond a–z are meant
	rows := csv.NewWriter(out)
	rows.Write([]string{"number", "time", "account", "name", "action", "subject", "subject number", "from", "to", "version"})
	for err == nil && len(list) > 0 {
		respond.Extend(r.Writer, respond.WriteTime)
		if err = h.exportSome(r, rows, list); err == nil {
			list, err = h.Events.List(r.Context(), filter, list[len(list)-1].ID, eventsAtATime)
		}
	}
	rows.Flush()
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		h.Log.Warn("an export of the record broke off", "error", err)
		panic(http.ErrAbortHandler)
	}
	return respond.Response{Written: true}, nil
}

func (h *Handlers) exportSome(r *respond.Request, rows *csv.Writer, list []store.Event) error {
	people, err := h.peopleOf(r.Context(), list)
	if err != nil {
		return err
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	for _, e := range list {
		row := []string{number(e.ID), e.At.UTC().Format(time.RFC3339), number(int64(e.Account)), page.ActorName(r.Locale, people, e.Account),
			e.Action, string(e.Subject), number(e.Number), e.From, e.To, strconv.Itoa(e.Version)}
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := rows.Write(row); err != nil {
			return err
		}
	}
	rows.Flush()
	return rows.Error()
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
