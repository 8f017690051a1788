-- Whether the last call of the customer's webhook took long: such calls get a part of the places only.
alter table alert_watch add slow boolean not null default false;
