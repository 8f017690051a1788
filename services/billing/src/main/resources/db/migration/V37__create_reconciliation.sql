-- Charges that the insurance paid, because the customer's lease was closed before they came.
create table insured_charge (
    router      integer not null,
    incarnation integer not null,
    position    bigint  not null,
    account_id  text    not null,
    fee         bigint  not null check (fee > 0),
    primary key (router, incarnation, position)
);

-- Every run of the reconciliation with its checks.
create table reconciliation (
    id   bigint generated always as identity primary key,
    at   timestamptz not null,
    fits boolean     not null
);

create table reconciliation_check (
    reconciliation_id bigint  not null references reconciliation on delete cascade,
    place             integer not null,
    name              text    not null,
    fits              boolean not null,
    expected          text    not null,
    actual            text    not null,
    detail            text    not null,
    primary key (reconciliation_id, place)
);

create index reconciliation_at on reconciliation (at);

-- Up to where each stream's frames fitted, what waited for its verdict there, and where it was posted to at the last run.
create table reconciled_stream (
    router      integer     not null,
    incarnation integer     not null,
    position    bigint      not null,
    unverified  bigint      not null,
    seen        bigint      not null,
    seen_at     timestamptz not null,
    primary key (router, incarnation)
);

-- What usage and earnings said of each hour when it was looked at last: queries, charged, refunded; of earnings wins,
-- checks, charged, refunded, earned.
create table reconciled_hour (
    hour      timestamptz primary key,
    methods   numeric[]   not null,
    operators numeric[]   not null,
    earned    numeric[]   not null
);

-- The same over all hours by the frames that fitted.
create table reconciled_total (
    one    boolean   primary key default true check (one),
    usage  numeric[] not null,
    earned numeric[] not null
);

insert into reconciled_total (usage, earned) values ('{0,0,0}', '{0,0,0,0,0}');

-- Each account's balance at the entry up to which it was the sum of its entries.
create table reconciled_account (
    account_id bigint  primary key,
    batch_id   bigint  not null,
    balance    bigint  not null
);

create index usage_method_hour on usage_method (hour);
create index usage_operator_hour on usage_operator (hour);
