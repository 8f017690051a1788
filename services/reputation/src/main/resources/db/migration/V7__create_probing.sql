-- Whose turn it is to probe, what probers told of rounds that are not over, and which rounds were judged.

create table probing_turn (
    singleton boolean not null primary key default true check (singleton),
    round     bigint  not null
);

insert into probing_turn (round) values (-1);

create table probing_probe (
    prober      text    collate "C" not null,
    round       bigint              not null check (round >= 0),
    node_id     text    collate "C" not null,
    operator_id text    collate "C" not null,
    answered    boolean             not null,
    slot        bigint,
    at          timestamptz         not null,
    received_at timestamptz         not null,
    primary key (prober, round, node_id)
);

create table probing_round (
    prober    text   collate "C" not null,
    round     bigint             not null,
    judged_at timestamptz        not null,
    primary key (prober, round)
);

create index probing_round_judged_at on probing_round (judged_at);
