"""Reading who asks: a session with its person, a context with the person's seats; one statement each, plans kept.

Three functions only because PL/pgSQL keeps its plans: at the beginning of each request planning cost more than reading.
They read under the policies and with the rights of whoever calls: nothing that the same statements could not do.
"""

from django.db import migrations

from core.operations import any_of

# The person whom allauth noted at sign-in comes along; no row means no live session.
SESSION = """
CREATE FUNCTION concord_session(key text, at timestamptz) RETURNS TABLE (session_data text, person accounts_user)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY
    SELECT s.session_data, u FROM django_session s
      LEFT JOIN usersessions_usersession k ON k.session_key = s.session_key LEFT JOIN accounts_user u ON u.id = k.user_id
     WHERE s.session_key = key AND s.expire_date > at;
END $$"""

COLUMNS = """
    roles varchar[], direct boolean, id uuid, created_at timestamptz, kind varchar, name varchar, slug varchar,
    parent_id uuid, database_role varchar"""
SEATS_OF = """
CREATE FUNCTION concord_seats_of(person uuid) RETURNS TABLE ({columns})
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.roles, o.direct, o.id, o.created_at, o.kind, o.name, o.slug, o.parent_id, o.database_role
      FROM accounts_membership m CROSS JOIN LATERAL (
           SELECT true AS direct, h.* FROM accounts_organisation h WHERE h.id = m.organisation_id
           UNION ALL
           SELECT false, c.* FROM accounts_organisation c WHERE c.parent_id = m.organisation_id AND c.kind = 'agency') o
     WHERE m.user_id = person AND m.ended_at IS NULL AND m.roles <> ARRAY['outside_counsel']::varchar[]
     ORDER BY m.created_at, m.id;
END $$"""

# A context, and the seats of the person it is given to. The settings end with the transaction.
ENTER = """
CREATE FUNCTION concord_enter(person text, orgs text, actor text, request text, token text) RETURNS TABLE ({columns})
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM set_config('concord.user', person, true), set_config('concord.orgs', orgs, true),
            set_config('concord.actor', actor, true), set_config('concord.request', request, true),
            set_config('concord.only', token, true);
    RETURN QUERY SELECT * FROM concord_seats_of(nullif(person, '')::uuid);
END $$"""

# As before, but agencies' ids come from a function instead of a subquery under the policy of organisations, which lets
# everybody read agencies: each statement that read memberships planned and started that policy too.
AGENCIES = """
CREATE FUNCTION concord_agencies() RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY SELECT o.id FROM accounts_organisation o WHERE o.kind = 'agency';
END $$"""
KNOWN = ("user_id = concord_user()", "organisation_id IN (SELECT concord_seats())", "(SELECT concord_at_agency())")
WAS = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')"
NOW = "organisation_id IN (SELECT concord_agencies())"
MEMBERS = "ALTER POLICY accounts_membership_seat ON accounts_membership USING ({0})"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_seats_in_steps"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(SESSION, "DROP FUNCTION concord_session(text, timestamptz)"),
        migrations.RunSQL(SEATS_OF.format(columns=COLUMNS), "DROP FUNCTION concord_seats_of(uuid)"),
        migrations.RunSQL(ENTER.format(columns=COLUMNS), "DROP FUNCTION concord_enter(text, text, text, text, text)"),
        migrations.RunSQL(AGENCIES, "DROP FUNCTION concord_agencies()"),
        migrations.RunSQL(MEMBERS.format(any_of(*KNOWN, NOW)), MEMBERS.format(any_of(*KNOWN, WAS))),
    ]
