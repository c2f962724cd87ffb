-- What a practice is about, closer than topics: concepts of the thesaurus by their
-- id. The thesaurus is part of the program, so no table here knows them.

-- +goose Up
alter table practice add column keywords text[] not null default '{}';
