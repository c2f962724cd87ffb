-- People who sign in, what they sign in with, and the log of what was done. Secrets
-- are stored as hashes. Events contain only numbers, so that erasing a person means
-- blanking one row of account.

-- +goose Up
-- +goose StatementBegin
create table account (
    id          bigint generated always as identity primary key,
    role        text not null check (role in ('officer', 'editor', 'administrator')),
    state       text not null default 'invited' check (state in ('invited', 'active', 'disabled', 'erased')),
    name        text not null default '',
    mail        text, -- null once the account is erased
    locale      text not null default 'en' check (locale ~ '^[a-z]{2}$'), -- language of the pages and mails
    handle      bytea not null unique, -- what a passkey knows the account by; random
    password    text not null default '', -- argon2id in PHC form; empty for none
    totp_secret text not null default '', -- of the second factor; empty for none
    totp_step   bigint not null default 0, -- the last time step accepted: a code works once
    created     timestamptz not null,
    erased      timestamptz,
    check ((state = 'erased') = (mail is null))
);
create unique index account_mail on account (lower(mail));

-- The cities that an officer represents.
create table account_city (
    account bigint not null references account,
    city    bigint not null references city,
    primary key (account, city)
);

-- Links that are sent by mail: they work once and for a limited time. The hash is
-- written when the mail is sent, so that the queue contains no secret.
create table account_token (
    id         bigint generated always as identity primary key,
    account    bigint not null references account,
    purpose    text not null check (purpose in ('invitation', 'reset')),
    submission bigint, -- an invitation to one draft leads there
    hash       bytea unique, -- SHA-256; null until the mail is sent
    expires    timestamptz not null,
    used       timestamptz
);

create table recovery_code (
    account bigint not null references account,
    hash    bytea not null, -- SHA-256
    used    timestamptz,
    primary key (account, hash)
);

create table passkey (
    id         bigint generated always as identity primary key,
    account    bigint not null references account,
    credential bytea not null unique, -- its id
    record     jsonb not null, -- what the passkey library keeps of it
    name       text not null,
    created    timestamptz not null,
    used       timestamptz
);

-- The identity of an account at an identity provider.
create table identity (
    issuer  text not null,
    subject text not null,
    account bigint not null references account,
    primary key (issuer, subject)
);

create table session (
    token   text primary key, -- SHA-256, as the session library writes it
    account bigint references account, -- null while somebody is signing in
    data    bytea not null,
    expiry  timestamptz not null,
    created timestamptz not null default now(),
    seen    timestamptz not null default now(),
    agent   text not null default '' -- the browser's own words, shortened
);
create index session_account on session (account);
create index session_expiry on session (expiry);

create table event (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    account    bigint references account, -- who did it; null for the program itself
    action     text not null,
    subject    text not null check (subject in ('account', 'session', 'setting', 'submission', 'practice')),
    number     bigint not null default 0, -- of the subject
    from_state text not null default '',
    to_state   text not null default '',
    version    integer not null default 0 -- of a submission, before the action
);
create index event_subject on event (subject, number, id);
create index event_account on event (account, id);

create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'the record of events is never changed'; end $$;
create trigger event_is_kept before update or delete or truncate on event
    for each statement execute function refuse_change();
-- +goose StatementEnd
