package store_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/exchange"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// exported is a file of everything that is public.
func exported(t *testing.T, s *store.Store, format exchange.Format) string {
	t.Helper()
	var out bytes.Buffer
	var file *exchange.Writer
	begin := func(languages []practice.Language) (err error) {
		file, err = exchange.NewWriter(&out, format, languages)
		return err
	}
	err := s.Practices.Export(t.Context(), begin, func(some []practice.Practice) error {
		for i := range some {
			if err := file.Write(&some[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// oddly is the sample with texts that files could lose, which forms can write.
func oddly(t *testing.T) []practice.Practice {
	t.Helper()
	list := sampled(t)
	for i, text := range []string{"=1+1", "'=x", "Arts &amp; crafts; more", "-5", "a\nb", `"no", she said`, "@x\ty", "عربي", "sep=;", "[{\\u0000"} {
		p := &list[i]
		p.Source.Name, p.Organisation = text, strings.ReplaceAll(text, "\n", " ")
		p.Texts[0].Summary, p.Texts[0].Sections = text, map[practice.Section]string{practice.Impact: text}
		p.Period = practice.Period{Start: practice.Date{Year: 2011, Month: 3}, Wording: "2011"}
		p.Place.Countries = append(p.Place.Countries, "JP")
	}
	list[4].Source.Name = "a b"
	return list
}

// Exported, imported into an empty catalogue and exported again is the same bytes.
func TestExportIsWhatImportReads(t *testing.T) {
	t.Parallel()
	for _, format := range []exchange.Format{exchange.JSON, exchange.CSV} {
		s := testdb.Open(t)
		importInto(t, s, oddly(t)...)
		first := exported(t, s, format)
		list, faults, err := exchange.Read(strings.NewReader(first), "a."+string(format))
		if err != nil || len(faults) > 0 || len(list) != 274 {
			t.Fatalf("%s: %d practices, %v, %v", format, len(list), faults, err)
		}
		empty := testdb.Open(t)
		importInto(t, empty, list...)
		if second := exported(t, empty, format); second != first {
			for i, line := range strings.Split(second, "\n") {
				if was := strings.Split(first, "\n")[i]; line != was {
					t.Fatalf("%s: line %d is\n%.600s\nwas\n%.600s", format, i+1, line, was)
				}
			}
		}
	}
}

// index is what readers see now.
func index(t *testing.T, s *store.Store) *catalogue.Index {
	t.Helper()
	x, err := s.Practices.Index(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// inOrder are the practices with these numbers.
func inOrder(t *testing.T, s *store.Store, x *catalogue.Index, numbers []int64) (list []practice.Practice) {
	t.Helper()
	for some, err := range s.Practices.InOrder(t.Context(), x, numbers) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, some...)
	}
	return list
}

// A list is read whole and in its order, however many batches it takes, and what comes
// from the index is what the database has.
func TestListIsReadInOrder(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	list := oddly(t)
	for i := range list { // twice as many, so that there are two batches
		again := list[i]
		again.Slug += "-2"
		list = append(list, again)
	}
	importInto(t, s, list...)
	var wanted, got []int64
	for number := int64(len(list)); number > 0; number -= 2 {
		wanted = append(wanted, number, number-1)
	}
	kept := inOrder(t, s, index(t, s), append(wanted, 99_999))
	stored := inOrder(t, s, catalogue.NewIndex(nil, 0, time.Now()), wanted)
	for i, p := range kept {
		got = append(got, p.Number)
		if !reflect.DeepEqual(p, stored[i]) {
			t.Fatalf("%+v\nwant %+v", p, stored[i])
		}
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("%v\nwant %v", got, wanted)
	}
}

// Nothing is read from an index that no longer holds.
func TestListHasWhatChangedSinceTheIndex(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	list := sampled(t)[:3]
	importInto(t, s, list...)
	x := index(t, s)
	list[1].Topics, list[1].Texts[0].Title = []practice.Topic{"housing"}, "Another title"
	importInto(t, s, list[1])
	got := inOrder(t, s, x, []int64{3, 2, 1})
	if len(got) != 3 || got[1].Texts[0].Title != "Another title" || !slices.Equal(got[1].Topics, list[1].Topics) {
		t.Errorf("%+v", got)
	}
}

// Whoever goes away ends the reading.
func TestReadingEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, err := range s.Practices.InOrder(ctx, catalogue.NewIndex(nil, 0, time.Now()), []int64{1, 2}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

// What is archived is in no file, and not among what has changed.
func TestOnlyWhatIsPublicIsExported(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	gone, live := d.approved("Gone"), d.approved("Live")
	d.advancePractice(gone.Slug, submission.Archive, "Over")
	numbers := []int64{gone.Practice, live.Practice}
	latest, err := d.Practices.Latest(t.Context(), numbers, 9)
	if err != nil || len(latest) != 1 || latest[0].Number != live.Practice || latest[0].At.IsZero() {
		t.Errorf("latest %v, %v", latest, err)
	}
	if some := inOrder(t, d.Store, index(t, d.Store), numbers); len(some) != 1 || some[0].Number != live.Practice {
		t.Errorf("%v", some)
	}
	if file := exported(t, d.Store, exchange.JSON); strings.Contains(file, gone.Slug) || !strings.Contains(file, live.Slug) {
		t.Error(file)
	}
}

// Whoever walks through the changes goes on where the part before ended, also within an
// import, without reading all that is behind.
func TestWalkGoesOnByTheIndex(t *testing.T) {
	t.Parallel()
	testdb.Exec(t, testdb.OpenSample(t), `do $$ declare line text; begin
		set local enable_seqscan = off;
		for line in explain select number from practice where (change, number) > (1, 100) and state = 'live' order by change, number limit 10 loop
			if line ~ 'Sort' then raise exception '%', line; end if;
		end loop;
	end $$`)
}

// What changed last, and what was first, is found without reading all revisions.
func TestLatestAndEarliestAreAtTheEndsOfAnIndex(t *testing.T) {
	t.Parallel()
	testdb.Exec(t, testdb.OpenSample(t), `do $$ declare line text; begin
		set local enable_seqscan = off;
		for line in explain select practice from practice_revision order by written desc, practice desc limit 10 loop
			if line ~ 'Sort' then raise exception '%', line; end if;
		end loop;
	end $$`)
}
