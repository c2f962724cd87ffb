-- +goose Up
-- What programs must know to work with this database. A migration that takes away or
-- changes what an older program uses says here which release was the first that does
-- without: the number of that release's newest migration, and its name. Older programs
-- do not start on the database then.
create table schema_requirement (
    migration bigint primary key,
    release   text not null
);
