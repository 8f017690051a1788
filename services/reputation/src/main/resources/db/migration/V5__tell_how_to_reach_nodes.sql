-- Where a node is probed: its endpoint, the addresses that were checked, the headers that its operator wants (secret).

alter table listing_node
    add column endpoint  text    not null default '',
    add column addresses text[]  not null default '{}',
    add column headers   jsonb   not null default '{}',
    add column has_ask   boolean not null default false;
