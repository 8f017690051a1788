-- The nodes of the market as onboarding last told of them. Ids order by their bytes, as everywhere in the market.

create table listing_node (
    node_id      text collate "C" not null primary key,
    operator_id  text collate "C" not null,
    state        text             not null,
    bonded_stake bigint           not null check (bonded_stake >= 0), -- nano-STRM
    told_at      timestamptz      not null,
    is_new       boolean          not null  -- until its first scores are published
);

create index listing_node_operator on listing_node (operator_id);
create index listing_node_new on listing_node (node_id) where is_new;
