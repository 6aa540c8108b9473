"""The functions that every policy asks (`concord_user`, `concord_seats`, `concord_at_agency`) and the first policies."""

from django.db import migrations

from core.operations import ProtectTable

USER = """
CREATE FUNCTION concord_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('concord.user', true), '')::uuid
$$"""

# SECURITY DEFINER: reads memberships past their own policy, so that no policy needs another table's policy.
# An agency-run host controls its client, so its seats come from the login role and from nothing it can set.
SEATS = """
CREATE FUNCTION concord_seats() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT o.id FROM accounts_organisation o WHERE o.database_role = session_user
    UNION
    SELECT s.id FROM (
        SELECT m.organisation_id AS id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
         WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active
        UNION
        SELECT c.id FROM accounts_organisation c
          JOIN accounts_membership m ON m.organisation_id = c.parent_id JOIN accounts_user u ON u.id = m.user_id
         WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active
        UNION
        SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[])
        UNION
        SELECT o.id FROM accounts_organisation o
         WHERE EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = concord_user() AND u.is_active AND u.is_staff)
            OR EXISTS (SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
                        WHERE m.user_id = concord_user() AND m.ended_at IS NULL AND u.is_active
                          AND 'auditor' = ANY (m.roles))
    ) s WHERE session_user NOT LIKE 'concord\\_agency\\_%'
$$"""

AT_AGENCY = """
CREATE FUNCTION concord_at_agency() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_organisation o
                    WHERE o.kind IN ('agency', 'oversight') AND o.id IN (SELECT concord_seats()))
$$"""

OWNER = "CREATE POLICY {0}_definer ON {0} FOR SELECT TO CURRENT_USER USING (true)"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(USER, "DROP FUNCTION concord_user()"),
        migrations.RunSQL(SEATS, "DROP FUNCTION concord_seats()"),
        migrations.RunSQL(AT_AGENCY, "DROP FUNCTION concord_at_agency()"),
        ProtectTable(
            "accounts_organisation",
            "kind = 'agency' OR id IN (SELECT concord_seats()) OR (SELECT concord_at_agency())",
            "true",
        ),
        migrations.RunSQL(
            OWNER.format("accounts_organisation"), "DROP POLICY accounts_organisation_definer ON accounts_organisation"
        ),
        ProtectTable(
            "accounts_membership",
            "user_id = concord_user() OR organisation_id IN (SELECT concord_seats()) OR (SELECT concord_at_agency())"
            " OR EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')",
            "user_id = concord_user() OR organisation_id IN (SELECT concord_seats())",
        ),
        migrations.RunSQL(
            OWNER.format("accounts_membership"), "DROP POLICY accounts_membership_definer ON accounts_membership"
        ),
        migrations.RunSQL(
            "CREATE TABLE accounts_limits (cache_key varchar(255) PRIMARY KEY, value text NOT NULL,"
            " expires timestamptz NOT NULL); CREATE INDEX accounts_limits_expires ON accounts_limits (expires)",
            "DROP TABLE accounts_limits",
        ),
    ]
