"""Who reads what: the parties of an agreement. Frozen text, files and signatures never change."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable, any_of
from core.rls import own, seats, through

# SECURITY DEFINER: reads the party rows past their own policy, so that no policy needs another table's policy.
AGREEMENTS = """
CREATE FUNCTION concord_agreements() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
    SELECT p.target_id FROM agreements_agreementparty p WHERE p.organisation_id IN (SELECT concord_seats())
$$"""
DEFINER = "CREATE POLICY agreements_agreementparty_definer ON agreements_agreementparty FOR SELECT TO CURRENT_USER USING (true)"

MINE = "agreement_id IN (SELECT concord_agreements())"
FOR_ALL = "audience = 'all'"
AGENCY = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')"
FROZEN = "EXISTS (SELECT 1 FROM agreements_agreementversion v WHERE v.id = OLD.version_id AND v.frozen_at IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial"), ("accounts", "0002_row_level_security"), ("audit", "0002_capture")]

    operations = [
        migrations.RunSQL(AGREEMENTS, "DROP FUNCTION concord_agreements()"),
        ProtectTable(
            "agreements_agreementparty", any_of(seats("organisation_id"), "target_id IN (SELECT concord_agreements())")
        ),
        migrations.RunSQL(DEFINER, "DROP POLICY agreements_agreementparty_definer ON agreements_agreementparty"),
        ProtectTable(
            "agreements_testingagreement", any_of("id IN (SELECT concord_agreements())", seats("drafted_by_id"))
        ),
        ProtectTable(
            "agreements_agreementversion", f"{MINE} AND ({any_of('frozen_at IS NOT NULL', seats('organisation_id'))})"
        ),
        ProtectTable("agreements_agreementclause", through("agreements_agreementversion", "version_id")),
        ProtectTable("agreements_obligation", MINE),
        ProtectTable("agreements_clausecomment", f"{MINE} AND ({any_of(FOR_ALL, seats('organisation_id'))})"),
        ProtectTable("agreements_concurrence", MINE),
        ProtectTable("agreements_clausereview", through("agreements_concurrence", "concurrence_id")),
        ProtectTable(
            "agreements_signatureauthority",
            any_of(seats("organisation_id"), AGENCY, "(SELECT concord_at_agency())"),
            seats("organisation_id"),
        ),
        ProtectTable("agreements_signingkey", own("user_id")),
        ProtectTable("agreements_issuedfile", MINE),
        ProtectTable("agreements_signatory", MINE),
        ProtectTable("agreements_signature", MINE),
        GuardStatus("agreements.workflow.AGREEMENT", "agreements_testingagreement"),
        Immutable("agreements_clause"),
        Immutable("agreements_clausealternative"),
        Immutable("agreements_agreementtemplate", but=("is_current",)),
        Immutable("agreements_agreementversion", when="OLD.frozen_at IS NOT NULL"),
        Immutable("agreements_agreementclause", when=FROZEN),
        Immutable("agreements_obligation"),
        Immutable("agreements_issuedfile", but=("voided_at",)),
        Immutable("agreements_signatory", but=("declined_at", "voided_at")),
        Immutable("agreements_signature"),
        Track("agreements_testingagreement", (), ("drafted_by_id",)),
        Track("agreements_agreementparty", (), ("developer_id", "organisation_id")),
        Track("agreements_agreementversion", ("canonical",), ("organisation_id",)),
        Track("agreements_agreementclause", ("text",), ()),
        Track("agreements_obligation", (), ("developer_id",)),
        Track("agreements_clausecomment", ("text",), ("organisation_id",)),
        Track("agreements_concurrence", (), ("developer_id", "agency_id")),
        Track("agreements_clausereview", (), ()),
        Track("agreements_signatureauthority", (), ("organisation_id",)),
        Track("agreements_signingkey", ("ciphertext", "wrapped"), ("organisation_id",)),
        Track("agreements_issuedfile", (), ("developer_id",)),
        Track("agreements_signatory", (), ("developer_id", "organisation_id")),
        Track("agreements_signature", (), ("developer_id",)),
    ]
