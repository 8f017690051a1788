-- Sign-in: a challenge is used once, a session is known by the hash of its token only.
create table identity_challenge (
    nonce      text        primary key,
    wallet     text        not null,
    message    text        not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index identity_challenge_expires_at on identity_challenge (expires_at);

create table identity_session (
    token_hash text        primary key,
    wallet     text        not null,
    expires_at timestamptz not null
);

create index identity_session_expires_at on identity_session (expires_at);
