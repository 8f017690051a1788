-- Where billing asks a router for what only that router keeps.
alter table stream_router add internal_url text;
