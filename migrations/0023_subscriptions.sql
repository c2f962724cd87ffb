-- Readers follow a selection of the catalogue by mail. Programs of before take no
-- notice; a revision that one of them writes has no change, and counts as known.

-- +goose Up
create table subscription (
    id        bigint generated always as identity primary key,
    mail      text not null,
    language  text not null, -- of the mails
    selection text not null, -- query of a listing; empty for the whole catalogue
    rhythm    text not null check (rhythm in ('daily', 'weekly')),
    asked     timestamptz not null, -- when a link was last asked for
    confirmed boolean not null default false,
    told      timestamptz not null, -- up to when it was last looked for news
    change    bigint not null -- the last change of the catalogue that is no news
);
create unique index subscription_once on subscription (lower(mail), md5(selection)); -- a selection may be longer than an index takes
create index subscription_told on subscription (told, id) where confirmed;

-- Links that mails about a subscription carry; without a hash until the mail is sent.
create table subscription_link (
    id           bigint generated always as identity primary key,
    subscription bigint not null references subscription on delete cascade,
    hash         bytea unique,
    made         timestamptz not null
);
create index subscription_link_of on subscription_link (subscription);

alter table practice_revision add column change bigint; -- with which it became public; null for those of before
create index practice_revision_change on practice_revision (change);
