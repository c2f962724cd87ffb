-- +goose Up
-- +goose StatementBegin
-- A random mark for each of the last changes. A program that knows a change by number
-- and mark finds out whether the database still has it: not after a restore, and not
-- where a standby took over that had not received it, even once the numbers have
-- caught up. Ten thousand changes are a day of an import that never ends; who has
-- missed more reads everything.
create table catalogue_mark (
    number bigint primary key,
    mark   text not null default left(gen_random_uuid()::text, 8)
);
insert into catalogue_mark (number) select number from catalogue_change;

create function mark_change() returns trigger language plpgsql as $$ begin
    delete from catalogue_mark where number >= new.number or number < new.number - 10000;
    insert into catalogue_mark (number) values (new.number);
    return null;
end $$;

create trigger marked after update of number on catalogue_change for each row execute function mark_change();
-- +goose StatementEnd
