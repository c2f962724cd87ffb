-- +goose Up
-- What changed last is at the end of this, for feeds; the earliest record at its beginning,
-- for harvesters.
create index practice_revision_written on practice_revision (written, practice);
