package main

import (
	"net/http"
	"sync/atomic"
	"testing"

	"exempla/internal/theme"
)

// The theme that is measured can be used, and is shown before questions are asked of it.
func TestTheSiteIsDressed(t *testing.T) {
	t.Parallel()
	look := dressed()
	if faults := look.Check(); len(faults) > 0 || len(look.Words[tag]) != dressedWords+1 {
		t.Fatalf("%d words, %+v", len(look.Words[tag]), faults)
	}
	var shown atomic.Value
	var one *trial
	one = stocked(t, 20, func(w http.ResponseWriter, r *http.Request) {
		current := &theme.Current{}
		if err := one.store.Themes.Refresh(r.Context(), current); err != nil {
			t.Error(err)
		}
		shown.Store(current.Look().Mark)
		w.Header().Set("ETag", `W/"`+current.Look().Mark+`"`)
		page(w, "page")
	})
	for _, c := range []struct {
		themed bool
		mark   string
	}{{true, look.Mark()}, {false, theme.Theme{}.Mark()}} {
		task := &task{to: one.site, question: &question{addresses: []string{"/"}, status: http.StatusOK, dressed: c.themed}, concurrency: alone}
		if err := one.round(t.Context(), task, true); err != nil || shown.Load() != c.mark {
			t.Errorf("themed %v: %v is shown, %v", c.themed, shown.Load(), err)
		}
	}
}
