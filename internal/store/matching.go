package store

import (
	"fmt"

	"exempla/internal/catalogue"
)

// Bounds of telling tiers apart. Whether words stand together no index tells, so
// that many texts are read for it; a question that more of them answer is too
// general for the phrase to matter. And nobody goes through more titles than
// enoughTitles, which are ten pages; behind them all other texts are one tier, their
// language included, for of a common word to tell these apart takes as long as to
// find them.
const (
	phraseCandidates = 2_000
	enoughTitles     = 200
)

// forms are the ways to put a word that texts of the catalogue may have it in:
// nobody says in which language they type.
const forms = `
	with form as materialized (
		select config, false as accented from search_language where used
		union select accented, true from search_language where used and accented is not null
		union select 'exempla_simple', false
	)`

// matching finds texts by the forms of their words. One query with all forms in
// it reads the index once. A practice may come more than once.
var matching = forms + fmt.Sprintf(`, formed as materialized (
		select kind, string_agg(distinct '(' || query || ')', ' | ')::tsquery as query
		from unnest(array['words', 'either', 'excluded'], array[@words, @either, @excluded]) asked (kind, text), form,
			lateral (select unaccent(websearch_to_tsquery(config::regconfig,
				case when accented then replace(text, 'ões', 'ão') else text end)::text) as query) q
		where text <> '' and query <> '' group by kind
	), exact as materialized (
		select string_agg('(' || query || ')', ' & ')::tsquery as query
		from unnest(@exact::text[]) text, lateral (select phraseto_tsquery('exempla_simple', text)::text as query) q where query <> ''
	), asked as materialized (
		select coalesce(words && exact, words, exact) as words, phrase, either, excluded
		from (select (select query from formed where kind = 'words') as words, (select query from exact) as exact,
			(select query from formed where kind = 'either') as either, (select query from formed where kind = 'excluded') as excluded,
			phraseto_tsquery('exempla_simple', nullif(@phrase, '')) as phrase) a
	), titled as materialized (
		select practice, language, title from practice_words where title @@ (select words from asked)
	), further as materialized (
		select *, case when phrase is not null then words end as phrased from asked where (select count(*) from titled) < %[6]d
	), led as materialized (
		select practice, language, lead from practice_words where lead @@ (select words from further)
	)
	select %[1]d, false, `+numbersOf+` from titled
	union all select %[1]d, true, `+numbersOf+` from (select * from titled limit %[5]d) t where title @@ (select phrase from asked)
	union all select %[2]d, false, `+numbersOf+` from practice_words
	where search @@ (select words from further) and title @@ (select either from further)
	union all select %[3]d, false, `+numbersOf+` from led
	union all select %[3]d, true, `+numbersOf+` from (select * from led where (select phrase from asked) is not null limit %[5]d) t
	where lead @@ (select phrase from asked)
	union all select %[4]d, false, `+numbersOf+` from practice_words where search @@ (select words from further)
	union all select %[4]d, false, null, array_agg(practice) from practice_words
	where search @@ (select words from asked where not exists (select from further))
	union all select %[4]d, true, `+numbersOf+` from (select practice, language, search from practice_words
		where search @@ (select phrased from further) limit %[5]d) t where search @@ (select phrase from asked)
	union all select %[7]d, false, null, array_agg(practice) from practice_words where search @@ (select excluded from asked)`,
	catalogue.InTitle, catalogue.PartlyInTitle, catalogue.InLead, catalogue.Anywhere, phraseCandidates, enoughTitles, excludedRow)

// numbersOf are the practices of texts in the reader's language, and of others.
const numbersOf = `array_agg(practice) filter (where language = @reader), array_agg(practice) filter (where language <> @reader)`

// excludedRow stands in place of where the words are in the row of practices
// that have what the question excludes.
const excludedRow = -1
