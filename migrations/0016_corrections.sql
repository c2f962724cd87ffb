-- Editors correct public texts. A correction is a submission of an editor's own: what
-- it has beside its text, such as the text that it began from and why it was made, is
-- one document. Programs of before take no notice of it.

-- +goose Up
alter table submission add column correction jsonb; -- null for what officers submit
