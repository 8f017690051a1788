-- A stream whose router is gone for good: its leases are closed, the router's start gets no credit any more. What it
-- wrote and nobody has read yet is posted as ever when it comes.
alter table stream add closed_at timestamptz;
