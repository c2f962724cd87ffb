-- Officers see when a colleague has the same part of a submission open, as editors see
-- who else reads it. An empty part is the whole, on the desk. Programs of before write
-- no part and go on; for minutes they may take an officer for an editor who reads.

-- +goose Up
alter table desk_reader add column part text not null default '';
