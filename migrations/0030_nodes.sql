-- +goose Up
-- The programs that serve the site, as they report themselves every few seconds, for
-- the page on which administrators see the state of the site. It need not outlive a
-- crash.
create unlogged table node (
    name    text primary key, -- of its computer, and the port
    version text not null,
    build   text not null,
    latest  bigint not null,      -- change of the catalogue that there was at the last report
    late    boolean not null,     -- whether it showed less at that report than there was at the one before
    seen    timestamptz not null
);
