-- What outlier flags are raised on: the last compared answers of each operator, and the flags.

create table outlier_answer (
    id          bigint generated always as identity primary key,
    operator_id text    collate "C" not null,
    query_class text    not null,
    shadow      boolean not null,
    others      jsonb   not null
);

create index outlier_answer_operator on outlier_answer (operator_id, id desc);

create table outlier_flag (
    operator_id text collate "C" not null primary key,
    is_open     boolean          not null,
    changed_at  timestamptz      not null,
    moved       boolean          not null -- since the last publication took note
);

create table outlier_review (
    singleton boolean not null primary key default true check (singleton),
    last_id   bigint  not null -- of the answers that were looked at
);

insert into outlier_review (last_id) values (0);
