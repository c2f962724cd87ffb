-- +goose Up
-- Tries of what is refused when it comes too often, for all programs together. Nothing
-- is lost with it, so it has no log: it is empty after a crash, and not there at a
-- standby.
create unlogged table try_count (
    hash    bytea       not null, -- of what is tried and by whom
    began   timestamptz not null, -- the window
    tries   integer     not null,
    expires timestamptz not null,
    primary key (hash, began)
);
create index try_count_expires on try_count (expires);
