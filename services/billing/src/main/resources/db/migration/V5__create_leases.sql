-- Credit that a router may spend on its own. Never more posted than granted; one open lease per customer and start.
create table credit_lease (
    id          uuid        primary key,
    account_id  text        not null references account,
    router      integer     not null,
    incarnation integer     not null,
    granted     bigint      not null check (granted >= 0),
    posted      bigint      not null default 0 check (posted >= 0),
    state       text        not null default 'OPEN' check (state in ('OPEN', 'CLOSED')),
    opened_at   timestamptz not null default now(),
    foreign key (router, incarnation) references stream,
    constraint credit_lease_posted_within_granted check (posted <= granted)
) with (fillfactor = 60);

create unique index credit_lease_one_open on credit_lease (account_id, router, incarnation) where state = 'OPEN';
create index credit_lease_open_of_stream on credit_lease (router, incarnation) where state = 'OPEN';
