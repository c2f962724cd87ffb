-- +goose Up
-- What has to be done from time to time, and when it was: doctor warns of what is overdue.
create table upkeep (
    task text primary key check (task in ('backup', 'check')),
    name text not null, -- of the file
    done timestamptz not null
);
