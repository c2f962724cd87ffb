-- Practices that are being submitted. A submission is one round of work on one text
-- in one language; what residents read changes only when it is approved.

-- +goose Up
-- +goose StatementBegin
create table submission (
    id            bigint generated always as identity primary key,
    kind          text not null check (kind in ('new', 'change', 'translation')),
    practice      bigint references practice, -- null for a new one until it is approved
    base_revision integer not null default 0, -- of the practice, from which the text began
    language      text not null check (language ~ '^[a-z]{2}$'),
    state         text not null check (state in ('draft', 'submitted', 'changes_requested', 'approved', 'rejected', 'discarded')),
    content       jsonb not null,
    version       integer not null check (version > 0), -- counts saves and steps, against lost edits
    round         integer not null default 0, -- how often it was submitted
    assignee      bigint references account,
    approvals     bigint[] not null default '{}', -- editors who have approved this text, where two are wanted
    criteria      text[] not null default '{}', -- those that editors have ticked
    form_key      text not null unique, -- a start that is sent twice begins one submission
    created       timestamptz not null,
    updated       timestamptz not null, -- of the content
    since         timestamptz not null, -- of the state
    submitted     timestamptz, -- the last time
    consent       text not null default '', -- the wording agreed to
    consent_by    bigint references account,
    consent_at    timestamptz,
    check (kind = 'new' or practice is not null),
    check ((consent = '') = (consent_by is null) and (consent = '') = (consent_at is null))
);
create index submission_state on submission (state, since);
create index submission_practice on submission (practice);

-- Its authors: who began it, and whom they invited.
create table submission_officer (
    submission bigint not null references submission,
    account    bigint not null references account,
    primary key (submission, account)
);

-- The cities that its text names; their officers see it too.
create table submission_city (
    submission bigint not null references submission,
    country    text not null check (country ~ '^[A-Z]{2}$'),
    slug       text not null,
    primary key (submission, country, slug)
);
create index submission_city_city on submission_city (country, slug);

-- The text as it was submitted or corrected, never changed.
create table revision (
    submission bigint not null references submission,
    number     integer not null check (number > 0),
    round      integer not null check (round > 0),
    kind       text not null check (kind in ('submitted', 'corrected')),
    content    jsonb not null,
    account    bigint not null references account,
    written    timestamptz not null,
    primary key (submission, number)
);
create trigger revision_is_kept before update or delete or truncate on revision
    for each statement execute function refuse_change();

-- A decision of the desk about a revision.
create table review (
    id         bigint generated always as identity primary key,
    submission bigint not null references submission,
    revision   integer not null,
    decision   text not null check (decision in ('changes', 'approved', 'rejected', 'reopened')),
    reason     text not null default '',
    account    bigint not null references account,
    at         timestamptz not null
);
create index review_submission on review (submission, id);

-- What editors ask for, pinned to a part, and what officers answer. A comment
-- belongs to no review until the review is sent; an internal one never leaves
-- the desk.
create table comment (
    id         bigint generated always as identity primary key,
    submission bigint not null references submission,
    review     bigint references review,
    parent     bigint references comment, -- set for an answer
    part       text not null default '', -- empty for a note on the whole
    text       text not null check (text <> ''),
    internal   boolean not null default false,
    account    bigint not null references account,
    at         timestamptz not null,
    done       timestamptz, -- an officer says so
    settled    timestamptz, -- an editor confirms it
    form_key   text not null unique
);
create index comment_submission on comment (submission, id);

-- Files handed in, named by the hash of their content. Private until a live
-- practice shows them.
create table attachment (
    hash    text primary key check (hash ~ '^[0-9a-f]{64}$'),
    type    text not null check (type in ('image/jpeg', 'image/png', 'application/pdf')),
    size    bigint not null check (size > 0), -- bytes
    width   integer not null default 0, -- pixels, of a picture
    height  integer not null default 0,
    created timestamptz not null
);
create table submission_attachment (
    submission bigint not null references submission,
    hash       text not null references attachment,
    primary key (submission, hash)
);
create table practice_attachment (
    practice bigint not null references practice,
    hash     text not null references attachment,
    primary key (practice, hash)
);
create index submission_attachment_hash on submission_attachment (hash);
create index practice_attachment_hash on practice_attachment (hash);
alter table practice_text add column attachments jsonb not null default '[]' check (jsonb_typeof(attachments) = 'array');
alter table account_token add foreign key (submission) references submission;
-- +goose StatementEnd
