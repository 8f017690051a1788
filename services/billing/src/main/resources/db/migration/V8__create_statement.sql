-- What a customer reads of the books: one line per booked change of its balance (available + leased).
create table statement_entry (
    id            bigint generated always as identity primary key,
    account_id    text        not null,
    occurred_at   timestamptz not null,
    kind          text        not null check (kind in ('DEPOSIT', 'CHARGE', 'REFUND', 'WITHDRAWAL')),
    amount        bigint      not null check (amount <> 0),
    balance_after bigint      not null check (balance_after >= 0),
    reference     text        not null
);

create index statement_entry_account on statement_entry (account_id, id);
