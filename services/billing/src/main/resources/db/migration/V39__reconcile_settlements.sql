-- Sealed windows whose root was rebuilt from frames, and was the published one.
create table reconciled_settlement (
    place bigint primary key
);
