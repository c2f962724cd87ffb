package admin

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"exempla/internal/account"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/admin"
)

// How many events a page shows, and how many the export reads at a time together
// with the names of their people.
const (
	eventsPerPage = 100
	exportBatch   = 400 // with three people each it stays below store.MaxAccounts in practice
)

// eventActions are all recorded actions in the order of the filter's menu. Their
// words are messages "event.<action>".
var eventActions = slices.Concat([]string{string(submission.Start), string(submission.Discard), string(submission.TakeBack),
	string(submission.Submit), string(submission.Publish), string(submission.Withdraw), string(submission.Assign), string(submission.Correct),
	string(submission.RequestChanges), string(submission.Approve), string(submission.Reject), string(submission.Reopen),
	store.InviteAuthor, store.RemoveAuthor, string(submission.Archive), string(submission.Restore), store.NameCity}, store.CollectionActions, store.EnquiryActions, store.AccountActions, []string{store.SaveTheme, store.PublishTheme})

// ListEvents is the page of the event log, the newest events first.
func (h *Handlers) ListEvents(r *respond.Request) (respond.Response, error) {
	f := readEventsFilter(r)
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	found, err := h.Events.List(r.Context(), storeFilter(f), max(before, 0), eventsPerPage+1)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.EventsInput{Filter: f, Actions: eventActions, First: before <= 0}
	for _, subject := range store.Subjects {
		in.Subjects = append(in.Subjects, string(subject))
	}
	if len(found) > eventsPerPage {
		found = found[:eventsPerPage]
		in.Older = found[eventsPerPage-1].ID
	}
	for _, e := range found {
		in.List = append(in.List, pageEvent(e))
	}
	if in.People, err = h.peopleIn(r.Context(), found); err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewEvents(r.Locale, r.Frame, in).View()), nil
}

func pageEvent(e store.Event) page.Event {
	return page.Event{At: e.At, By: e.Account, Action: e.Action, Subject: string(e.Subject), Number: e.Number, From: e.From, To: e.To,
		Concerned: e.Concerned, First: e.First, Title: e.Title, Cause: e.Cause, Reason: e.Reason, Language: e.Language}
}

// peopleIn finds the people whom events name, as they are now.
func (h *Handlers) peopleIn(ctx context.Context, events []store.Event) (map[account.ID]account.Account, error) {
	ids := map[account.ID]bool{}
	for _, e := range events {
		ids[e.Account] = true
		ids[e.Concerned] = true
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

// readEventsFilter reads the filter from the query. It ignores unknown values.
func readEventsFilter(r *respond.Request) page.EventsFilter {
	query := r.URL.Query()
	f := page.EventsFilter{Who: submission.SearchWords(query.Get("who")), Action: query.Get("action"), Subject: query.Get("subject"),
		Number: eventNumber(query.Get("number"))}
	if !slices.Contains(eventActions, f.Action) {
		f.Action = ""
	}
	if !slices.Contains(store.Subjects, store.Subject(f.Subject)) {
		f.Subject = ""
	}
	f.From, _ = time.Parse(time.DateOnly, query.Get("from"))
	f.To, _ = time.Parse(time.DateOnly, query.Get("to"))
	return f
}

// eventNumber reads a number or a reference, "12" or "EX-00012"; 0 for neither.
func eventNumber(text string) int64 {
	id, ok := submission.ParseReference(text)
	if !ok {
		return 0
	}
	return int64(id)
}

// storeFilter converts the filter of the page, whose last day is included, to that
// of the store, which excludes its end.
func storeFilter(f page.EventsFilter) store.EventFilter {
	filter := store.EventFilter{Who: f.Who, Action: f.Action, Subject: store.Subject(f.Subject), Number: f.Number, From: f.From}
	if !f.To.IsZero() {
		filter.To = f.To.AddDate(0, 0, 1)
	}
	return filter
}

// ExportEvents sends the filtered log as a CSV file, read in batches. If it fails
// halfway it aborts the connection, so that the file does not look complete.
func (h *Handlers) ExportEvents(r *respond.Request) (respond.Response, error) {
	filter := storeFilter(readEventsFilter(r))
	list, err := h.Events.List(r.Context(), filter, 0, exportBatch)
	if err != nil {
		return respond.Response{}, err
	}
	header := r.Writer.Header()
	header.Set("Content-Type", respond.CSVType)
	header.Set("Content-Disposition", `attachment; filename="`+respond.FileName(r.Locale, "events-"+h.Now().UTC().Format(time.DateOnly)+".csv")+`"`)
	header.Set("Cache-Control", "private, no-store")
	out := bufio.NewWriter(r.Writer)
	rows := respond.NewCSV(out)
	rows.Write([]string{"number", "time", "account", "name", "action", "subject", "subject number", "from", "to", "version", "concerned", "concerned name",
		"title", "cause", "reason", "reason language", "subject name"})
	for err == nil && len(list) > 0 {
		respond.Extend(r.Writer, respond.WriteTime)
		if err = h.writeEvents(r, rows, list); err == nil {
			list, err = h.Events.List(r.Context(), filter, list[len(list)-1].ID, exportBatch)
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

func (h *Handlers) writeEvents(r *respond.Request, rows respond.CSV, list []store.Event) error {
	people, err := h.peopleIn(r.Context(), list)
	if err != nil {
		return err
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	for _, e := range list {
		concerned := ""
		if e.Concerned != 0 {
			concerned = page.ActorName(r.Locale, people, e.Concerned)
		}
		row := []string{number(e.ID), e.At.UTC().Format(time.RFC3339), number(int64(e.Account)), page.Doer(r.Locale, people, e.Account, e.Action),
			e.Action, string(e.Subject), number(e.Number), e.From, e.To, strconv.Itoa(e.Version), number(int64(e.Concerned)),
			concerned, e.Title, string(e.Cause), e.Reason, string(e.Language), page.SubjectName(r.Locale, people, pageEvent(e))}
		if err := rows.Write(row); err != nil {
			return err
		}
	}
	rows.Flush()
	return rows.Error()
}
