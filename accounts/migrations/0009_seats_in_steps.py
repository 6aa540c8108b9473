"""`concord_seats()` says the same as before in steps that keep their plans: half the time in every statement."""

from importlib import import_module

from django.db import migrations

before = import_module("accounts.migrations.0008_guests_and_factors")

# Agency-run hosts first: their seats come from the login role and from nothing that they can set. Then the organisations
# of a job, then the person's: all for oversight and administrators, else those of live memberships and their components.
# PL/pgSQL, unlike one large SQL statement, plans only the steps that are taken, and each once per connection.
SEATS = """
CREATE OR REPLACE FUNCTION concord_seats() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    person uuid;
    token uuid;
    held uuid[];
    everywhere boolean;
BEGIN
    IF session_user LIKE 'concord\\_agency\\_%' THEN
        RETURN QUERY SELECT o.id FROM accounts_organisation o WHERE o.database_role = session_user;
        RETURN;
    END IF;
    RETURN QUERY SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[]);
    person := nullif(current_setting('concord.user', true), '')::uuid;
    IF person IS NULL THEN
        RETURN;
    END IF;
    token := nullif(current_setting('concord.only', true), '')::uuid;
    SELECT array_agg(m.organisation_id) FILTER (WHERE m.id IS NOT NULL),
           (token IS NULL AND u.is_staff) OR coalesce(bool_or('auditor' = ANY (m.roles)), false)
      INTO held, everywhere
      FROM accounts_user u
      LEFT JOIN accounts_membership m ON m.user_id = u.id AND m.ended_at IS NULL
       AND m.roles <> ARRAY['outside_counsel']::varchar[] AND (token IS NULL OR m.organisation_id = token)
     WHERE u.id = person AND u.is_active GROUP BY u.id;
    IF everywhere THEN
        RETURN QUERY SELECT o.id FROM accounts_organisation o;
    ELSIF held IS NOT NULL THEN
        RETURN QUERY SELECT unnest(held);
        RETURN QUERY SELECT c.id FROM accounts_organisation c WHERE c.parent_id = ANY (held);
    END IF;
END $$"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_guests_and_factors")]

    operations = [migrations.RunSQL(SEATS, before.SEATS.format(bound=before.SEATED))]
