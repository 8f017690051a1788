-- Leases of a stream that ended long ago are found to be deleted.
create index credit_lease_of_stream on credit_lease (router, incarnation) where state = 'CLOSED';
create index stream_ended on stream (ended_at) where ended_at is not null;
