-- Challenges prove by themselves that they were issued: asking for one costs no row, so no stranger fills a table. Only the
-- nonces that opened a session are kept, until they would be over anyway.
drop table identity_challenge;

create table identity_used_nonce (
    nonce      text        primary key,
    expires_at timestamptz not null
);

create index identity_used_nonce_expires_at on identity_used_nonce (expires_at);

create index identity_session_wallet on identity_session (wallet, expires_at);
