-- Why something was done, beside the log of what was done: the log itself contains
-- only numbers, so the words of editors stand in a table of their own. Reasons say
-- the language they are written in. Whom an event concerns besides its subject, such
-- as the editor who gets a submission, is a number like the rest. Programs of before
-- know none of this and go on.

-- +goose Up
create table event_reason (
    event    bigint primary key references event,
    reason   text not null check (reason <> ''),
    language text not null default '' -- tag; empty if unknown
);
alter table review add column language text not null default ''; -- of the reason, likewise
alter table event add column concerned bigint references account;
