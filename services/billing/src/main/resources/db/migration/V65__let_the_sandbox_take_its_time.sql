-- What the sandbox knows of transfers that take their time: since when. A payment system would keep it by itself.
create table sandbox_transfer (
    id         text        primary key,
    started_at timestamptz not null
);
