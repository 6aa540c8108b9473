#!/bin/sh
# Runs once, on an empty volume, after roles.sql: gives each role its own password and makes the database.
set -eu
for role in owner web worker mail sealer sweeper agency_treasury agency_defense agency_commerce agency_homeland; do
  variable="CONCORD_$(echo "$role" | tr '[:lower:]' '[:upper:]')_PASSWORD"
  eval "password=\${$variable:?set $variable}"
  printf '%s' "ALTER ROLE concord_$role PASSWORD :'password';" |
    psql -v ON_ERROR_STOP=1 -q -U postgres -v password="$password"
done
psql -v ON_ERROR_STOP=1 -q -U postgres -c 'CREATE DATABASE concord OWNER concord_owner TEMPLATE template0'
psql -v ON_ERROR_STOP=1 -q -U postgres -d concord -f /concord/database.sql
