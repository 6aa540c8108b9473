"""Who reads what an agency deliberates inside: the agency, and the components in its plan. No other party, in no way.

A component in a plan reads the agreement, and writes its own answer and nothing else of it. A sealed answer is read by those
who sit in that component itself: a seat that comes down from the parent agency does not open it.
"""

from django.db import migrations

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import seats

DEFINER = "CREATE POLICY {0}_definer ON {0} FOR SELECT TO CURRENT_USER USING (true)"
UNDO = "DROP POLICY {0}_definer ON {0}"
PLAN, PART = "agreements_concurrenceplan", "agreements_concurrencepart"
FUNCTION = """
CREATE FUNCTION {0} RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
{1}
$$"""
PLANS = """    SELECT p.id FROM agreements_concurrenceplan p WHERE p.agency_id IN (SELECT concord_seats())
    UNION
    SELECT c.target_id FROM agreements_concurrencepart c WHERE c.organisation_id IN (SELECT concord_seats())"""
# Where the person sits directly, and what a context was widened by. An agency's worker answers for nobody.
ANSWERS_FOR = """    SELECT h.id FROM concord_hosts() h (id)
    UNION
    SELECT unnest(string_to_array(nullif(current_setting('concord.orgs', true), ''), ',')::uuid[])
     WHERE session_user NOT LIKE 'concord\\_agency\\_%'"""

READ = """
CREATE OR REPLACE FUNCTION concord_agreements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats())
    UNION
    SELECT g.target_id FROM agreements_agreementgrant g
     WHERE g.user_id = concord_user() AND g.expires_at > now() AND g.organisation_id IN (SELECT concord_hosts()){0}
$$"""
LENT = """
    UNION
    SELECT c.agreement_id FROM agreements_concurrencepart c WHERE c.organisation_id IN (SELECT concord_seats())"""

MINE = "agreement_id IN (SELECT concord_agreements())"
BEFORE = any_of(seats("agency_id"), f"revealed_at IS NOT NULL AND {MINE}")
HERE = "inside_id IN (SELECT concord_plans())"
OWN = "agency_id IN (SELECT concord_answers_for())"
AFTER = any_of(
    f"inside_id IS NULL AND ({BEFORE})",
    f"{HERE} AND ({any_of('revealed_at IS NOT NULL', OWN, '(SELECT concord_oversees())')})",
)
CHECK = any_of(f"inside_id IS NULL AND {MINE}", HERE)
ALTER = "ALTER POLICY agreements_concurrence_seat ON agreements_concurrence USING ({0}) WITH CHECK ({1})"
PARTY = "agreement_id IN (SELECT concord_party_agreements())"
WRITES = any_of(f"inside_id IS NULL AND {PARTY}", f"{HERE} AND {OWN}")
RESTRICTED = {"insert": "WITH CHECK ({0})", "update": "USING (true) WITH CHECK ({0})", "delete": "USING ({0})"}
RESTRICT = "ALTER POLICY agreements_concurrence_{0} ON agreements_concurrence {1}"
# A plan names components of its own agency, which is a party.
OF_THE_AGENCY = """EXISTS (
    SELECT 1 FROM agreements_concurrenceplan p JOIN accounts_organisation o ON o.parent_id = p.agency_id
     WHERE p.id = target_id AND p.agreement_id = agreements_concurrencepart.agreement_id AND o.id = organisation_id
       AND p.agency_id IN (SELECT concord_seats()))"""

# Taking away is the agency's too: a component reads the plan, and leaves it as it is.
TAKEN = "CREATE POLICY {0}_delete ON {0} AS RESTRICTIVE FOR DELETE USING ({1})"
GIVEN = "DROP POLICY {0}_delete ON {0}"
OWN_PLAN = OF_THE_AGENCY


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0095_components"),
        ("accounts", "0008_guests_and_factors"),
        ("audit", "0002_capture"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION.format("concord_plans()", PLANS), "DROP FUNCTION concord_plans()"),
        migrations.RunSQL(FUNCTION.format("concord_answers_for()", ANSWERS_FOR), "DROP FUNCTION concord_answers_for()"),
        ProtectTable(PLAN, "id IN (SELECT concord_plans())", f"({seats('agency_id')}) AND {PARTY}"),
        ProtectTable(PART, "target_id IN (SELECT concord_plans())", OF_THE_AGENCY),
        migrations.RunSQL(DEFINER.format(PLAN), UNDO.format(PLAN)),
        migrations.RunSQL(DEFINER.format(PART), UNDO.format(PART)),
        migrations.RunSQL(READ.format(LENT), READ.format("")),
        migrations.RunSQL(ALTER.format(AFTER, CHECK), ALTER.format(BEFORE, MINE)),
        *(
            migrations.RunSQL(
                RESTRICT.format(command, rule.format(WRITES)), RESTRICT.format(command, rule.format(PARTY))
            )
            for command, rule in RESTRICTED.items()
        ),
        migrations.RunSQL(TAKEN.format(PLAN, seats("agency_id")), GIVEN.format(PLAN)),
        migrations.RunSQL(TAKEN.format(PART, OWN_PLAN), GIVEN.format(PART)),
        Track(PLAN, (), ("agency_id",)),
        Track(PART, (), ("organisation_id",)),
    ]
