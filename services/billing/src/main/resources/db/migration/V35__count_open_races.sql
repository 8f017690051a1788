-- Charged races that wait for their verdict: a bit each, 4096 sequences to a row. A row without bits is deleted.
create table race_open (
    router      integer     not null,
    incarnation integer     not null,
    block       bigint      not null,
    -- Bit n of byte k: sequence block * 4096 + 8 * k + n.
    open        bytea       not null check (length(open) = 512),
    -- No race of the block lapses before.
    due         timestamptz not null,
    primary key (router, incarnation, block)
) with (fillfactor = 50);

alter table race_open alter column open set storage plain;

-- Races whose verdict did not come in time: their verifiers' share went to the insurance.
create table race_lapse (
    router      integer not null,
    incarnation integer not null,
    sequence    bigint  not null,
    share       bigint  not null check (share >= 0),
    -- Of the mark at which it lapsed.
    position    bigint  not null,
    -- Of the verdict that came after all, and took the share back from the insurance.
    returned_at bigint,
    primary key (router, incarnation, sequence)
);

-- Where the stream's open window of settlement starts.
alter table stream add column if not exists window_from bigint not null default 0;
