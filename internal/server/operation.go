package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/pprof"
	"runtime"
	"slices"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"exempla/internal/store"
)

// OperationHandler answers on the operator's listener: profiles of the running program,
// and figures of its memory. It is not part of the site, because profiles are costly
// and reveal what is in memory. Server.Operate adds what only a site has.
func OperationHandler() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	mux.HandleFunc("/debug/runtime", showRuntime)
	return mux
}

// showRuntime writes one figure per line, "name number". Sizes are in bytes.
func showRuntime(w http.ResponseWriter, _ *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "allocations %d\nallocated %d\nheap %d\nsystem %d\ncollections %d\npaused_us %d\ngoroutines %d\n",
		m.Mallocs, m.TotalAlloc, m.HeapAlloc, m.Sys, m.NumGC, time.Duration(m.PauseTotalNs).Microseconds(), runtime.NumGoroutine())
}

// stateTime is how long the database has to tell its state. Whoever collects metrics
// waits ten seconds by default.
const stateTime = 3 * time.Second

// Operate adds the metrics of the site, in Prometheus's format, and the health of its parts.
func (s *Server) Operate(mux *http.ServeMux) {
	mux.HandleFunc("GET /metrics", s.showMetrics)
	mux.HandleFunc("GET /healthz", s.showHealth)
}

func (s *Server) showMetrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	metrics.WriteGaugeUint64(w, fmt.Sprintf("exempla_build_info{version=%q,build=%q,go=%q}", s.Version, s.Build, runtime.Version()), 1)
	x := s.Catalogue.Index()
	metrics.WriteGaugeUint64(w, "exempla_catalogue_practices", uint64(x.Size()))
	metrics.WriteGaugeUint64(w, "exempla_catalogue_change", uint64(x.Change()))
	metrics.WriteGaugeUint64(w, "exempla_catalogue_bytes", uint64(x.Base().Bytes()+x.Overlay().Bytes())) // without words: process_resident_memory_bytes has all
	if at := s.Catalogue.ComparedAt(); !at.IsZero() {
		metrics.WriteGaugeFloat64(w, "exempla_catalogue_age_seconds", time.Since(at).Seconds()) // since it was compared with the database
	}
	ctx, cancel := context.WithTimeout(r.Context(), stateTime)
	defer cancel()
	state, err := s.Store.State(ctx)
	metrics.WriteGaugeUint64(w, "exempla_database_up", one(err == nil))
	if err == nil {
		writeState(w, state)
		if !s.Store.ReadsOnly() {
			metrics.WriteGaugeUint64(w, "exempla_database_writable", one(state.Writable))
		}
		metrics.WriteGaugeUint64(w, "exempla_catalogue_changes_behind", uint64(max(0, state.Change-x.Change())))
	}
	if replica := s.Store.Replica(); replica != nil {
		metrics.WriteGaugeUint64(w, "exempla_replica_up", one(replica.Answers))
		metrics.WriteGaugeUint64(w, "exempla_replica_used", one(replica.Used)) // else the primary answers
		metrics.WriteGaugeUint64(w, "exempla_replica_changes_behind", uint64(replica.Behind))
		metrics.WriteGaugeFloat64(w, "exempla_replica_unused_seconds", replica.Unused.Seconds())
	}
	pool := s.Store.Connections()
	metrics.WriteGaugeUint64(w, `exempla_database_connections{state="in_use"}`, uint64(pool.InUse))
	metrics.WriteGaugeUint64(w, `exempla_database_connections{state="idle"}`, uint64(pool.Idle))
	metrics.WriteGaugeUint64(w, "exempla_database_connections_max", uint64(pool.Most))
	metrics.WriteCounterUint64(w, "exempla_database_connection_waits_total", uint64(pool.Waits))
	if s.Disk != nil {
		if free, size, ok := s.Disk(); ok {
			metrics.WriteGaugeUint64(w, "exempla_disk_free_bytes", uint64(max(0, free)))
			metrics.WriteGaugeUint64(w, "exempla_disk_bytes", uint64(max(0, size)))
		}
	}
	s.respond.Metrics().WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}

// one is how metrics say yes.
func one(so bool) uint64 {
	if so {
		return 1
	}
	return 0
}

func writeState(w io.Writer, state store.State) {
	metrics.WriteGaugeUint64(w, "exempla_database_bytes", uint64(state.Bytes))
	for name, n := range map[string]int{"waiting": state.MailsWaiting, "failing": state.MailsFailing, "given_up": state.MailsGivenUp} {
		metrics.WriteGaugeUint64(w, fmt.Sprintf("exempla_mails{state=%q}", name), uint64(n))
	}
	metrics.WriteGaugeFloat64(w, "exempla_mail_oldest_seconds", state.MailsOldest.Seconds())
	for name, at := range map[string]time.Time{"made": state.Backup, "tried": state.Trial} {
		metrics.WriteGaugeUint64(w, fmt.Sprintf("exempla_backup_timestamp_seconds{last=%q}", name), uint64(max(0, at.Unix()))) // 0 for never
	}
	metrics.WriteGaugeUint64(w, "exempla_standbys", uint64(state.Standbys))
	metrics.WriteGaugeFloat64(w, "exempla_standby_lag_seconds", state.StandbyLag.Seconds())
}

// showHealth says of each part whether it works, and answers 503 if one does not.
func (s *Server) showHealth(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), stateTime)
	defer cancel()
	state, err := s.Store.State(ctx)
	var writing, mails, replica error
	var troubles []store.Trouble
	if err == nil {
		troubles = state.Troubles(s.Now())
	}
	if slices.Contains(troubles, store.ReadOnly) && !s.Store.ReadsOnly() {
		writing = errors.New("refused, because the server is read-only")
	}
	if slices.Contains(troubles, store.MailsGivenUp) {
		mails = fmt.Errorf("%d were given up; look at the mail queue", state.MailsGivenUp)
	}
	type part struct {
		name  string
		fault error
	}
	parts := []part{{"database", err}, {"changes", writing}, {"mails", mails}, {"files", s.Files.Check(ctx)}}
	if r := s.Store.Replica(); r != nil {
		if r.Trouble() != "" {
			replica = errors.New(r.String())
		}
		parts = append(parts, part{"replica", replica})
	}
	status, text := http.StatusOK, ""
	for _, part := range parts {
		line := "well"
		if part.fault != nil {
			status, line = http.StatusServiceUnavailable, part.fault.Error()
		}
		text += part.name + ": " + line + "\n"
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	io.WriteString(w, text)
}
