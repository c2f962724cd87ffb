package admin

import (
	"context"
	"slices"
	"time"

	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/migrations"
	page "exempla/web/page/admin"
)

// StateHandlers have the page on which an administrator sees whether the site is well.
type StateHandlers struct {
	*Handlers
	Store      *store.Store
	Version    string
	Build      string
	Backups    bool                               // whether the program is set to make them
	CheckFiles func(context.Context) error        // whether uploaded files can be kept
	Disk       func() (free, size int64, ok bool) // where uploaded files lie; nil if they are on no disk

	Certificate func(context.Context) (trouble string) // nil if a proxy speaks https
}

// listedRoutes is how many of the slowest pages are listed.
const listedRoutes = 10

// ShowState is the page of the state of the site.
func (h StateHandlers) ShowState(r *respond.Request) (respond.Response, error) {
	state, err := h.Store.State(r.Context())
	if err != nil {
		return respond.Response{}, err
	}
	var nodes []store.Node
	if state.Writable { // a standby does not know them
		if nodes, err = h.Store.Nodes(r.Context()); err != nil {
			return respond.Response{}, err
		}
	}
	now := h.Now()
	in := page.StateInput{At: now, Version: h.Version, Postgres: state.Version, Schema: state.Schema, Bytes: state.Bytes, Standbys: state.Standbys,
		Lag: state.StandbyLag, Backup: state.Backup, Trial: state.Trial,
		Mails: page.MailState{Waiting: state.MailsWaiting - state.MailsFailing, Retrying: state.MailsFailing, GivenUp: state.MailsGivenUp,
			Oldest: now.Add(-state.MailsOldest), Server: h.mailServer(r)}}
	for _, n := range nodes {
		in.Nodes = append(in.Nodes, page.Node{Name: n.Name, Version: n.Version, Build: n.Build, Condition: condition(n), Seen: now.Add(-n.Silent)})
	}
	if h.Disk != nil {
		in.Free, in.Size, in.Disk = h.Disk()
	}
	for _, route := range r.SlowestRoutes(listedRoutes) {
		in.Slowest = append(in.Slowest, page.Route(route))
	}
	in.Troubles = slices.Concat(h.ofDatabase(state, now), h.ofNodes(nodes))
	if replica := h.Store.Replica(); replica != nil {
		in.Reading = "primary"
		if replica.Used {
			in.Reading = "replica"
		}
		if trouble := replica.Trouble(); trouble != "" {
			in.Troubles = append(in.Troubles, page.Trouble{Kind: string(trouble)})
		}
	}
	if h.CheckFiles(r.Context()) != nil {
		in.Troubles = append(in.Troubles, page.Trouble{Kind: "files"})
	}
	if h.Certificate != nil {
		if kind := h.Certificate(r.Context()); kind != "" {
			in.Troubles = append(in.Troubles, page.Trouble{Kind: kind})
		}
	}
	if in.Disk && store.LittleRoom(in.Free, in.Size) {
		in.Troubles = append(in.Troubles, page.Trouble{Kind: "disk"})
	}
	return respond.Show(page.NewState(r.Locale, r.Frame, in).View()), nil
}

// mailServer says whether mails are sent.
func (h StateHandlers) mailServer(r *respond.Request) string {
	switch {
	case h.Outbox != nil:
		return r.Locale.T("mails.shown")
	case h.MailWaits:
		return r.Locale.T("state.server_none")
	}
	return r.Locale.T("state.server_set")
}

// ofDatabase lists what somebody has to see to in the database and what is in it.
func (h StateHandlers) ofDatabase(state store.State, now time.Time) (list []page.Trouble) {
	for _, t := range state.Troubles(now) {
		if t != store.MailsWait || !h.MailWaits {
			list = append(list, page.Trouble{Kind: string(t)})
		}
	}
	newest := migrations.Newest(migrations.Files)
	for _, t := range []struct {
		kind string
		is   bool
	}{
		{"no_server", h.MailWaits && state.MailsWaiting > 0}, {"backup_missing", h.Backups && state.Backup.IsZero()},
		{"schema_old", state.Schema < newest}, {"schema_new", state.Schema > newest},
	} {
		if t.is {
			list = append(list, page.Trouble{Kind: t.kind})
		}
	}
	return list
}

// ofNodes lists what somebody has to see to in the programs that serve the site.
func (h StateHandlers) ofNodes(nodes []store.Node) (list []page.Trouble) {
	mixed := false
	for _, n := range nodes {
		is := condition(n)
		if is != "well" {
			list = append(list, page.Trouble{Kind: "node_" + is, Name: n.Name})
		}
		mixed = mixed || is != "silent" && (n.Version != h.Version || n.Build != h.Build)
	}
	if mixed {
		list = append(list, page.Trouble{Kind: "versions"})
	}
	return list
}

// condition is how a node is called on the page.
func condition(n store.Node) string {
	switch {
	case n.Silent > store.LongSilence:
		return "silent"
	case n.Late:
		return "late"
	}
	return "well"
}
