"""Members who are guests only have no seat; a person reads nobody else's second factors."""

from django.db import migrations

from core.operations import ProtectTable

# As in 0006, and: a membership whose only role is that of a guest is no seat.
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
SEATED = f"m.roles <> ARRAY['outside_counsel']::varchar[] AND {BOUND}"

# Organisations on whose side the person may hold individual grants. An agency-run host sets its own context, so it has none.
HOSTS = """
CREATE FUNCTION concord_hosts() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT m.organisation_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
     WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active AND {bound}
       AND session_user NOT LIKE 'concord\\_agency\\_%'
$$"""

NAMES = "kind = 'agency' OR id IN (SELECT concord_seats()) OR (SELECT concord_at_agency())"
ALTER = "ALTER POLICY accounts_organisation_seat ON accounts_organisation USING ({0})"

# Sign-in reads factors before it is known who asks; from then on a person reads their own.
OWN = "concord_user() IS NULL OR user_id = concord_user()"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_invitation_without_inviter"),
        ("guardian", "0001_initial"),
        ("mfa", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(SEATS.format(bound=SEATED), SEATS.format(bound=BOUND)),
        migrations.RunSQL(HOSTS.format(bound=BOUND), "DROP FUNCTION concord_hosts()"),
        migrations.RunSQL(ALTER.format(f"{NAMES} OR id IN (SELECT concord_hosts())"), ALTER.format(NAMES)),
        ProtectTable("guardian_userobjectpermission", "false"),
        ProtectTable("guardian_groupobjectpermission", "false"),
        ProtectTable("mfa_authenticator", OWN),
    ]
