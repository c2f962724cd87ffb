-- What somebody has written into the box of a comment and not sent yet. It is theirs
-- alone, and stands in its box again wherever they open the page.

-- +goose Up
-- +goose StatementBegin
create table comment_draft (
    submission bigint not null references submission,
    account    bigint not null references account,
    box        text not null,
    text       text not null check (text <> ''),
    primary key (submission, account, box)
);
-- +goose StatementEnd
