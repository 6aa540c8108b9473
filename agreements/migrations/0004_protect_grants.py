"""A grant is what row-level security sees: its holder reads that agreement's rows, and writes none of them."""

from django.db import migrations

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import own, seats

DEFINER = "CREATE POLICY agreements_agreementgrant_definer ON agreements_agreementgrant FOR SELECT TO CURRENT_USER USING (true)"

PARTIES = """
CREATE FUNCTION concord_party_agreements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats())
$$"""
READ = """
CREATE OR REPLACE FUNCTION concord_agreements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats()){granted}
$$"""
GRANTED = """
    UNION
    SELECT g.target_id FROM agreements_agreementgrant g
     WHERE g.user_id = concord_user() AND g.expires_at > now() AND g.organisation_id IN (SELECT concord_hosts())"""

# Tables whose policy asks concord_agreements(), and the column that names the agreement.
TABLES = {
    "agreements_testingagreement": "id",
    "agreements_agreementversion": "agreement_id",
    "agreements_obligation": "agreement_id",
    "agreements_clausecomment": "agreement_id",
    "agreements_concurrence": "agreement_id",
    "agreements_issuedfile": "agreement_id",
    "agreements_signatory": "agreement_id",
    "agreements_signature": "agreement_id",
}
DRAFTER = " OR drafted_by_id IN (SELECT concord_seats())"


def read_only(table: str, column: str) -> list[migrations.RunSQL]:
    """Restrictive policies on top of the table's own: writing takes a party's seat.

    UPDATE is refused at the new row, not by hiding the old one: an action locks the row first, then says why not.
    """
    rule = f"{column} IN (SELECT concord_party_agreements())" + (DRAFTER if column == "id" else "")
    clauses = {
        "INSERT": f"WITH CHECK ({rule})",
        "UPDATE": f"USING (true) WITH CHECK ({rule})",
        "DELETE": f"USING ({rule})",
    }
    return [
        migrations.RunSQL(
            f"CREATE POLICY {table}_{command.lower()} ON {table} AS RESTRICTIVE FOR {command} {clause}",
            f"DROP POLICY {table}_{command.lower()} ON {table}",
        )
        for command, clause in clauses.items()
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_agreement_grants"),
        ("accounts", "0008_guests_and_factors"),
        ("audit", "0002_capture"),
    ]

    operations = [
        migrations.RunSQL(PARTIES, "DROP FUNCTION concord_party_agreements()"),
        ProtectTable(
            "agreements_agreementgrant", any_of(own("user_id"), seats("organisation_id")), seats("organisation_id")
        ),
        migrations.RunSQL(DEFINER, "DROP POLICY agreements_agreementgrant_definer ON agreements_agreementgrant"),
        migrations.RunSQL(READ.format(granted=GRANTED), READ.format(granted="")),
        *(step for table, column in TABLES.items() for step in read_only(table, column)),
        Track("agreements_agreementgrant", (), ("organisation_id",)),
    ]
