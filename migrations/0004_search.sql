-- Search: what Match reads stands in a narrow table of its own, so that a word
-- which a fifth of a million practices have costs milliseconds; and the words
-- of the catalogue, to correct what people type.

-- +goose Up
-- +goose StatementBegin

-- Stemmers of some languages know endings by their accents ("-ção"), so the
-- words of these are indexed three ways: as they are, as the stem of the word
-- without accents, which people leave away, and as the stem of the word with
-- accents, taken from it afterwards.
alter table search_language add column accented text;
update search_language set accented = 'pg_catalog.' || replace(config, 'exempla_', '')
    where language in ('ca', 'es', 'eu', 'fi', 'fr', 'ga', 'hu', 'it', 'lt', 'pt', 'ro', 'sv', 'tr');

-- Only languages that some text has had are asked for.
alter table search_language add column used boolean not null default false;
update search_language set used = true where language in (select language from practice_text);

drop function search_config(text);

-- The vector of a text: its words, with their positions, for phrases are found
-- as they stand; and their stems. Portuguese has its plurals in -ões as
-- singulars, which its stemmer misses in short words.
create function search_vector(stemmer text, accented text, words text) returns tsvector language sql stable as $$
    select to_tsvector('exempla_simple', words)
        || case when stemmer is null then '' else strip(to_tsvector(stemmer::regconfig, words)) end
        || case when accented is null then ''
           else public.unaccent(strip(to_tsvector(accented::regconfig, replace(words, 'ões', 'ão')))::text)::tsvector end
$$;

-- Each vector holds the one before it: title; title and summary; everything,
-- names of places and of the organisation included. A search reads the rows for
-- their number and language only, of a common word nearly all of them, so that
-- the vectors must stand elsewhere. Postgres moves values out of a row, as far
-- as toast_tuple_target asks, only when the row has over 2 kB: the padding sees
-- to that, and is compressed to 40 bytes once it has.
create table practice_words (
    practice bigint not null references practice,
    language text not null,
    title    tsvector not null,
    lead     tsvector not null,
    search   tsvector not null,
    padding  text not null default repeat(' ', 2100),
    primary key (practice, language)
) with (toast_tuple_target = 128);
alter table practice_words alter title set storage external, alter lead set storage external,
    alter search set storage external, alter padding set storage main;

-- The old vector knows what this file cannot make: pairs of Chinese characters
-- and the names of countries.
create function pg_temp.plain(words text) returns text language sql stable as $$
    select regexp_replace(lower(words), '[^[:alnum:]]+', ' ', 'g')
$$;
insert into practice_words
select practice, t.language, v.title, v.title || v.summary, v.title || v.summary || v.rest
from practice_text t left join search_language l using (language), lateral (
    select ts_filter(search, '{a}') || search_vector(l.config, l.accented, pg_temp.plain(t.title || ' ' || title_english)) as title,
        ts_filter(search, '{b}') || search_vector(l.config, l.accented, pg_temp.plain(t.summary)) as summary,
        ts_filter(search, '{c,d}') || search_vector(l.config, l.accented, pg_temp.plain(
            (select coalesce(string_agg(value, ' '), '') from jsonb_each_text(t.sections)))) as rest
) v;
drop function pg_temp.plain(text);
-- A list of what is not in the index yet (fastupdate) would be read by every search.
create index practice_words_search on practice_words using gin (title, lead, search) with (fastupdate = off);

drop index practice_text_search;
alter table practice_text drop column search, drop column config;

-- The words of titles, summaries and places, without accents and as they are
-- to be shown. Words stay when the last text that had them goes.
create table catalogue_word (
    folded text primary key,
    shown  text not null,
    seen   integer not null -- in how many texts, up to where it no longer matters
);
create index catalogue_word_folded on catalogue_word using gin (folded gin_trgm_ops);
insert into catalogue_word
select unaccent(lower(word)), max(word), least(count(*), 100)
from (select unnest(regexp_split_to_array(title || ' ' || title_english || ' ' || summary, '[^[:alpha:]]+')) as word from practice_text
      union all select name from city) w
where length(word) between 4 and 40 group by unaccent(lower(word));
-- +goose StatementEnd
