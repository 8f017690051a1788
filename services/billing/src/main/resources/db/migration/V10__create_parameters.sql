-- Versions of the protocol's parameters that this installation has run under.
create table parameters_version (
    version       text        primary key,
    published     text        not null,
    registered_at timestamptz not null default now()
);
