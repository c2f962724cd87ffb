-- +goose Up
-- Certificates that the program got by itself, with their keys, and what proves to the
-- authority meanwhile that the site is ours: all programs at one address share them.
create table tls_certificate (
    name    text        primary key,
    content bytea       not null,
    changed timestamptz not null default now()
);
