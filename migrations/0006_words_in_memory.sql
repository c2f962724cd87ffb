-- Words are found from memory: what Postgres needed for it goes. Titles are still
-- compared by their trigrams, to show editors what is similar.

-- +goose Up
-- +goose StatementBegin
drop table practice_words;
drop function search_vector(text, text, text);
drop table catalogue_word;
drop table search_language;
do $$
declare
    known name;
begin
    for known in select cfgname from pg_ts_config where cfgname like 'exempla\_%' and cfgnamespace = current_schema::regnamespace loop
        execute format('drop text search configuration %I', known);
    end loop;
end $$;

create index practice_text_title on practice_text using gin (title gin_trgm_ops, title_english gin_trgm_ops);
-- +goose StatementEnd
