"""Tokens are read by the organisation's people and by whoever presents one; a token binds the context to its organisation."""

from django.db import migrations

from core.operations import ProtectTable

# As in 0002, and: `concord.only` narrows the seats of a person to one organisation and its components.
SEATS = """
CREATE OR REPLACE FUNCTION concord_seats() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT o.id FROM accounts_organisation o WHERE o.database_role = session_user
    UNION
    SELECT s.id FROM (
        SELECT m.organisation_id AS id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
         WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND {bound}
        UNION
        SELECT c.id FROM accounts_organisation c
          JOIN accounts_membership m ON m.organisation_id = c.parent_id JOIN accounts_user u ON u.id = m.user_id
         WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND {bound}
        UNION
        SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[])
        UNION
        SELECT o.id FROM accounts_organisation o
         WHERE (nullif(current_setting('concord.only', true), '') IS NULL
                AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = concord_user() AND u.is_active AND u.is_staff))
            OR EXISTS (SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
                        WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active
                          AND 'auditor' = ANY (m.roles) AND {bound})
    ) s WHERE session_user NOT LIKE 'concord\\_agency\\_%'
$$"""

BOUND = "coalesce(nullif(current_setting('concord.only', true), '')::uuid, m.organisation_id) = m.organisation_id"
HELD = "token_hash = nullif(current_setting('concord.token', true), '')"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_api_tokens")]

    operations = [
        migrations.RunSQL(SEATS.format(bound=BOUND), SEATS.format(bound="true")),
        ProtectTable("accounts_apitoken", f"organisation_id IN (SELECT concord_seats()) OR {HELD}"),
        ProtectTable(
            "accounts_idempotencyrecord", "user_id = concord_user() AND organisation_id IN (SELECT concord_seats())"
        ),
    ]
