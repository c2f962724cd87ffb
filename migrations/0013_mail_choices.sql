-- People choose for each kind of mail whether it comes at once, in a daily digest or
-- not at all; editors are reminded of what should be decided soon; a new mail address
-- is confirmed by the old one and the new. Programs of before know none of this: they
-- send every mail at once.

-- +goose Up
-- Kinds that somebody does not want at once.
create table mail_choice (
    account bigint not null references account,
    mail    text not null,
    choice  text not null check (choice in ('digest', 'none')),
    primary key (account, mail)
);

-- Mails that wait for the next digest of their receiver: numbers only, as in the queue.
create table mail_waiting (
    id      bigint generated always as identity primary key,
    account bigint not null references account,
    job     jsonb not null,
    since   timestamptz not null default now()
);
create index mail_waiting_account on mail_waiting (account, id);
alter table account add column digested timestamptz; -- the end of the day of the last digest

alter table submission add column reminded integer not null default 0; -- the last round of which editors were reminded

-- A change of mail address that waits until both addresses have confirmed it.
create table address_change (
    account       bigint primary key references account,
    mail          text not null, -- the new one
    expires       timestamptz not null,
    old_confirmed boolean not null default false,
    new_confirmed boolean not null default false
);
alter table account_token drop constraint account_token_purpose_check;
alter table account_token add constraint account_token_purpose_check
    check (purpose in ('invitation', 'reset', 'old_address', 'new_address'));
