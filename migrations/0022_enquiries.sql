-- Enquiries: residents report a problem of a practice, or ask its city something. The
-- asker's mail address is kept until the matter is closed and its answer sent. Programs
-- of before take no notice.

-- +goose Up
-- +goose StatementBegin
create table enquiry (
    id              bigint generated always as identity primary key,
    key             text not null unique, -- of the form: one sent twice is stored once
    kind            text not null check (kind in ('report', 'question')),
    practice        bigint not null references practice,
    cause           text not null default '', -- of a report
    language        text not null check (language ~ '^[a-z]{2}$'), -- in which it was asked
    words           text not null,
    mail            text not null default '', -- of the asker; empty once it is not needed
    state           text not null default 'open' check (state in ('open', 'answered', 'closed')),
    version         integer not null default 1,
    written         timestamptz not null,
    done            timestamptz check ((done is null) = (state = 'open')), -- when answered or closed
    answer          text not null default '' check ((answer = '') = (state <> 'answered')),
    answer_language text not null default '',
    answered_by     bigint references account,
    published       timestamptz check (published is null or state = 'answered'), -- null: not below the practice
    public_words    text not null default '', -- as they stand there
    public_answer   text not null default ''
);
create index enquiry_practice on enquiry (practice, state);
create index enquiry_state on enquiry (state, id);

alter table event drop constraint event_subject_check;
alter table event add constraint event_subject_check
    check (subject in ('account', 'session', 'setting', 'submission', 'practice', 'city', 'collection', 'enquiry')) not valid;
-- +goose StatementEnd
