package mail

import (
	"fmt"
	"sync"
	"testing"
)

// The newest come first, and a site that is tried out for a year does not fill
// its memory.
func TestOutboxKeepsTheNewest(t *testing.T) {
	t.Parallel()
	var o Outbox
	for n := range mostKept + 5 {
		if err := o.Send(t.Context(), Mail{ID: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	list := o.Mails()
	if len(list) != mostKept || list[0].ID != fmt.Sprint(mostKept+4) || list[mostKept-1].ID != "5" {
		t.Errorf("%d mails, from %s to %s", len(list), list[0].ID, list[len(list)-1].ID)
	}
	list[0].ID = "changed"
	if o.Mails()[0].ID == "changed" {
		t.Error("a reader changes what is kept")
	}
}

func TestOutboxTakesManyAtOnce(t *testing.T) {
	t.Parallel()
	var o Outbox
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			if err := o.Send(t.Context(), Mail{ID: fmt.Sprint(n)}); err != nil {
				t.Error(err)
			}
			o.Mails()
		})
	}
	all.Wait()
	if got := len(o.Mails()); got != 20 {
		t.Errorf("%d mails of 20", got)
	}
}
