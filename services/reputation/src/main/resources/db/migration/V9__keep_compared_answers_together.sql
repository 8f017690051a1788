-- What is taken in together lies in one row per operator: of thousands of answers a second only the last 200 of each
-- operator are looked back on, and a row of its own for each cost more than all else that a race moves.

create table outlier_answers (
    id          bigint generated always as identity primary key,
    operator_id text    collate "C" not null,
    shadow      boolean not null,
    count       integer not null check (count > 0),
    answers     json    not null -- the oldest first
);

create index outlier_answers_operator on outlier_answers (operator_id, id desc);

insert into outlier_answers (operator_id, shadow, count, answers)
select operator_id, shadow, 1,
       json_build_array(json_build_object(
           'operatorId', json_build_object('value', operator_id),
           'queryClass', query_class, 'shadow', shadow, 'others', others))
from outlier_answer
order by id;

update outlier_review set last_id = 0;

drop table outlier_answer;
