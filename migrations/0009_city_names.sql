-- Names that editors give a city besides its own: what its readers are shown in a
-- language, by the language's tag, and (as aliases) others by which it is found. The
-- version counts saves against lost edits. Programs of before know none of this and
-- go on.

-- +goose Up
alter table city add column names jsonb not null default '{}' check (jsonb_typeof(names) = 'object');
alter table city add column version integer not null default 0;
alter table event drop constraint event_subject_check;
alter table event add constraint event_subject_check check (subject in ('account', 'session', 'setting', 'submission', 'practice', 'city')) not valid;
