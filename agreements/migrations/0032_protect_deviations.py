"""All parties read what was asked and decided; a decision is written from a seat of the agency that it is for."""

from django.db import migrations

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats

TABLE = "agreements_deviation"
ASKED_OR_OWN = any_of("verdict = 'asked'", seats("agency_id"))
DECIDED = ("verdict", "decided_at", "decided_by_id")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0031_deviations")]

    operations = [
        ProtectTable(
            TABLE,
            "agreement_id IN (SELECT concord_agreements())",
            f"agreement_id IN (SELECT concord_party_agreements()) AND ({ASKED_OR_OWN})",
        ),
        Immutable(TABLE, but=DECIDED),
        Track(TABLE, (), ("developer_id", "agency_id")),
    ]
