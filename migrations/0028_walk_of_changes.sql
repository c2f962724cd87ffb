-- +goose Up
-- Whoever walks through the changes goes on within one of them, for an import is one
-- change of any number of practices: each part sorted all of them. With this one,
-- practice_change is needed no more; a later release can take it away.
create index practice_turn on practice (change, number);
