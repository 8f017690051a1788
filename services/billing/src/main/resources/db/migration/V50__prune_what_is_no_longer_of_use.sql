-- A customer's subscriptions of a time are found without reading those before it, and old ones to be deleted without reading
-- all.
create index subscription_account_charged on subscription (account_id, last_charged_at);
create index subscription_charged on subscription (last_charged_at);
create index credit_rate_use_seen on credit_rate_use (seen_at);
