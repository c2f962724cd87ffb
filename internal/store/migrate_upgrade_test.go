package store_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"exempla/internal/testdb"
	"exempla/migrations"
)

// olderThan returns the migrations whose names sort before a number.
func olderThan(t *testing.T, number string) fs.FS {
	t.Helper()
	older := fstest.MapFS{}
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		if name < number {
			older[name] = &fstest.MapFile{Data: content}
		}
	}
	return older
}

// A catalogue that is there before words were found from memory keeps its texts,
// and loses what only Postgres needed for them.
func TestOlderCatalogueKeepsItsTexts(t *testing.T) {
	t.Parallel()
	s := bare(t)
	if _, err := s.Migrate(t.Context(), olderThan(t, "0006")); err != nil {
		t.Fatal(err)
	}
	testdb.Exec(t, s, `insert into practice (slug, revision, change, updated) values ('old', 1, 1, now())`)
	testdb.Exec(t, s, `insert into practice_text (practice, position, language, state, title, title_language, summary, sections)
		select number, 0, 'fr', 'original', 'Médiations/quartier', 'fr', 'Bibliothèques', '{"purpose": "jardins"}' from practice`)
	testdb.Exec(t, s, `insert into practice_words (practice, language, title, lead, search) select number, 'fr', '', '', '' from practice`)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	if hits, err := searcher.Search(t.Context(), indexOf(t, s), "jardin", "fr"); err != nil || !hits.Any() {
		t.Errorf("nothing is found, %v", err)
	}
	if n := count(t, s, `select count(*) from pg_class where relname in ('practice_words', 'catalogue_word', 'search_language')`); n > 0 {
		t.Errorf("%d tables are left", n)
	}
}

// What an older program called an update is one only where people have changed
// a practice that was there.
func TestOlderCatalogueKeepsUpdatesByPeople(t *testing.T) {
	t.Parallel()
	s := bare(t)
	if _, err := s.Migrate(t.Context(), olderThan(t, "0007")); err != nil {
		t.Fatal(err)
	}
	testdb.Exec(t, s, `insert into practice (slug, revision, change, updated)
		values ('imported', 1, 1, now()), ('imported-twice', 2, 1, now()), ('submitted', 1, 1, now()), ('edited', 2, 1, now())`)
	testdb.Exec(t, s, `insert into practice_revision (practice, revision, language, origin, content, digest, written)
		select number, n, 'en', case when slug = 'submitted' or slug = 'edited' and n = 2 then 'submission' else 'import' end, '{}', '', now()
		from practice, generate_series(1, revision) n`)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `select count(*) from practice where (updated is not null) = (slug = 'edited')`); n != 4 {
		t.Errorf("%d of 4 practices say rightly whether they were updated", n)
	}
}
