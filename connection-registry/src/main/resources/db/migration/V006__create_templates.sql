-- Configurations of connections without their secrets, saved by a user for reuse.
create table registry.templates (
  id         uuid         primary key,
  user_id    uuid         not null,
  name       varchar(255) not null check (name <> ''),
  items      jsonb        not null check (jsonb_typeof(items) = 'array'),
  created_at timestamptz  not null default now()
);
create index templates_by_user on registry.templates (user_id, created_at desc, id desc);
alter table registry.templates enable row level security;
alter table registry.templates force row level security;
create policy templates_app on registry.templates to registry_app
  using (registry.row_visible(user_id)) with check (registry.row_visible(user_id));
create policy templates_owner on registry.templates to registry_owner using (true) with check (true);
grant select, insert, delete on registry.templates to registry_app;
