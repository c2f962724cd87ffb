-- +goose Up
-- How the site looks and what it calls things, as administrators set it: every version,
-- none of which is changed or deleted. The newest that was published is shown. Events of
-- themes are new; the new check does not hold up a running site.
create table theme_version (
    id        bigint      primary key generated always as identity,
    content   jsonb       not null,
    mark      text        not null, -- of the content
    note      text        not null,
    written   timestamptz not null,
    author    bigint      references account, -- null for the command line
    published timestamptz,
    publisher bigint      references account,
    repeats   bigint      references theme_version
);
create index theme_version_published on theme_version (id) where published is not null;
alter table event drop constraint event_subject_check;
alter table event add constraint event_subject_check
    check (subject in ('account', 'session', 'setting', 'submission', 'practice', 'city', 'collection', 'enquiry', 'theme')) not valid;
