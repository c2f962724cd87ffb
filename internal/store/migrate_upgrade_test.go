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

// A catalogue that is there before search got a table of its own is found
// afterwards, pairs of characters and names of countries included.
func TestWordsOfAnOlderCatalogueAreFound(t *testing.T) {
	t.Parallel()
	s := bare(t)
	if _, err := s.Migrate(t.Context(), olderThan(t, "0004")); err != nil {
		t.Fatal(err)
	}
	testdb.Exec(t, s, `insert into practice (slug, revision, change, updated) values ('old', 1, 1, now())`)
	testdb.Exec(t, s, `insert into practice_text (practice, position, language, state, title, title_language, summary, sections, config, search)
		select number, 0, 'fr', 'original', 'Médiations/quartier', 'fr', 'Bibliothèques', '{"purpose": "jardins"}', 'exempla_french',
			setweight(to_tsvector('exempla_french', 'Médiations/quartier'), 'A') || setweight(to_tsvector('exempla_french', 'Bibliothèques'), 'B') ||
			setweight(to_tsvector('exempla_french', 'jardins'), 'C') || setweight(to_tsvector('exempla_french', 'Griechenland 多文 文化'), 'D') from practice`)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"médiation", "mediations", "quartier", "bibliotheque", "jardin", "Griechenland", "多文化", `"mediations quartier"`} {
		finds(t, s, words)
	}
	if found, err := s.Practices.Spelling(t.Context(), []string{"Mediatiosn"}); err != nil || len(found) != 1 || found[0].Instead != "Médiations" {
		t.Errorf("%v, %v", found, err)
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
