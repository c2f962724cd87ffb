-- Which editors have a submission open, so that two do not decide at the same time.
-- It is forgotten after minutes, so it need not outlive a crash. Programs of before
-- know none of this and go on.

-- +goose Up
create unlogged table desk_reader (
    submission bigint not null references submission on delete cascade,
    account    bigint not null references account on delete cascade,
    at         timestamptz not null, -- when the page was last opened
    primary key (submission, account)
);
create index desk_reader_at on desk_reader (at);
