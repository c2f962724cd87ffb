-- Whether the source is a page that lists several practices, and what "updated"
-- means to readers: that people have changed a practice since it was published or
-- came in. An import is no update.

-- +goose Up
alter table practice add column source_listing boolean not null default false;
alter table practice alter column updated drop not null;
update practice p set updated = null from practice_revision r
where r.practice = p.number and r.revision = p.revision and (r.origin = 'import' or r.revision = 1);
