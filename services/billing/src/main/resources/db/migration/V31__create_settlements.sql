-- Sealed windows, which nothing changes any more.
create table settlement (
    place           bigint      primary key, -- in the chain, from 0
    epoch           bigint      not null unique,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    sealed_at       timestamptz not null default clock_timestamp(),
    leaf_count      bigint      not null,
    hash            text        not null unique,
    header          bytea       not null,
    signature       bytea       not null,
    stakers_carried bigint      not null -- due to stakes and not yet shared out
);

create table settlement_range (
    place         bigint  not null references settlement,
    router        integer not null,
    incarnation   integer not null,
    from_position bigint  not null,
    to_position   bigint  not null,
    first_leaf    bigint  not null,
    first_day     date    not null, -- the days under which its frames are kept
    last_day      date    not null,
    primary key (router, incarnation, from_position),
    check (from_position < to_position)
);

create index settlement_range_place on settlement_range (place, first_leaf);

-- Inner nodes of the trees, 256 of one height to a row: height 8 stands on 256 leaves, height 16 on 65 536.
create table settlement_node (
    place  bigint   not null references settlement,
    height smallint not null,
    number integer  not null,
    hashes bytea    not null,
    primary key (place, height, number)
);
alter table settlement_node alter column hashes set storage external;

-- Races of earlier windows whose fee a window gives back.
create table settlement_correction (
    place   bigint not null references settlement,
    leaf    bigint not null,
    race_id text   not null,
    epoch   bigint not null, -- of the window that has the race
    primary key (place, leaf)
);

create function settlement_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a sealed window never changes: %', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger settlement_sealed before update or delete or truncate on settlement
    for each statement execute function settlement_refuse_change();
create trigger settlement_range_sealed before update or delete or truncate on settlement_range
    for each statement execute function settlement_refuse_change();
create trigger settlement_node_sealed before update or delete or truncate on settlement_node
    for each statement execute function settlement_refuse_change();
create trigger settlement_correction_sealed before update or delete or truncate on settlement_correction
    for each statement execute function settlement_refuse_change();
