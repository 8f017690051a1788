-- Payments that a rail reports for deposits which others have paid. Nobody is credited: somebody has to look at them.
create table deposit_contradiction (
    rail       text        not null,
    payment_id text        not null,
    deposit_id text        not null references deposit,
    told_at    timestamptz not null,
    primary key (rail, payment_id)
);
