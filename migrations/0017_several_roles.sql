-- An account can have several roles. Programs of before read and write only role, so
-- that it holds the highest one; the others stand beside it.

-- +goose Up
-- +goose StatementBegin
alter table account add column also text[] not null default '{}'
    check (also = '{}' or role = 'administrator' and also <@ '{editor,officer}' or role = 'editor' and also = '{officer}');
alter table account add column roles text[] not null generated always as (array[role] || also) stored;

-- A program of before that changes the role means that this is the only one. Programs
-- that know of several empty the column themselves before they change both.
create function forget_other_roles() returns trigger language plpgsql as
$$ begin new.also := '{}'; return new; end $$;
create trigger account_role_alone before update of role on account for each row
    when (new.role <> old.role and new.also = old.also and new.also <> '{}') execute function forget_other_roles();

-- Who was taken off a draft does not decide about it as an editor.
create index event_concerned on event (concerned) where concerned is not null;
-- +goose StatementEnd
