#!/usr/bin/env bash
# One database and one role of the same name per service that keeps state; nobody else may connect to it.
# Run by the image of PostgreSQL when its volume is empty.
set -euo pipefail

create() {
    psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --set name="$1" --set password="$2" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
}

create onboarding "$ONBOARDING_DATABASE_PASSWORD"
create billing "$BILLING_DATABASE_PASSWORD"
create reputation "$REPUTATION_DATABASE_PASSWORD"
