-- Windows that did not fit are looked at again, the longest ago first, and keep nobody from new ones.
alter table reconciled_settlement
    add fits      boolean     not null default true,
    add looked_at timestamptz not null default now();

create index reconciled_settlement_failed on reconciled_settlement (looked_at) where not fits;
