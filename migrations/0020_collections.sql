-- Collections: practices that editors have put together under a title and an intro, by
-- hand, by a selection of the catalogue, or both. Programs of before take no notice.

-- +goose Up
-- +goose StatementBegin
create table collection (
    id        bigint generated always as identity primary key,
    slug      text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    state     text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
    version   integer not null default 1,
    texts     jsonb not null check (jsonb_typeof(texts) = 'object'), -- title and intro by language
    practices bigint[] not null default '{}', -- numbers of those chosen by hand, in their order
    selection text not null default '', -- query of a listing; empty for none
    changed   timestamptz not null,
    published timestamptz -- first; null for a draft
);

alter table event drop constraint event_subject_check;
alter table event add constraint event_subject_check
    check (subject in ('account', 'session', 'setting', 'submission', 'practice', 'city', 'collection')) not valid;
-- +goose StatementEnd
