package server

import (
	"fmt"
	"net/http"
	"net/http/pprof"
	"runtime"
	"time"
)

// DebugHandler answers on the second listener: profiles of the running program, and
// figures of its memory. It is not part of the site, because profiles are costly
// and reveal what is in memory.
func DebugHandler() http.Handler {
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
