-- Who has saved a part of a submission last, and when: who saves the same part a little
-- later, from a form of before, learns it. Nobody asks later, so it need not outlive a
-- crash. Programs of before know none of this and go on.

-- +goose Up
create unlogged table part_saver (
    submission bigint not null references submission on delete cascade,
    part       text not null,
    account    bigint not null references account on delete cascade,
    at         timestamptz not null,
    primary key (submission, part)
);
