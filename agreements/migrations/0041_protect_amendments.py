"""What an amendment changes is read with its version, the terms it leads to by the parties; neither ever changes."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable
from core.rls import through

OPERATIONS, CONSOLIDATIONS = "agreements_amendmentoperation", "agreements_consolidation"


class Migration(migrations.Migration):
    dependencies = [("agreements", "0040_amendments")]

    operations = [
        ProtectTable(OPERATIONS, through("agreements_agreementversion", "version_id")),
        # Guests read, and write nothing.
        ProtectTable(
            CONSOLIDATIONS,
            "agreement_id IN (SELECT concord_agreements())",
            "agreement_id IN (SELECT concord_party_agreements())",
        ),
        GuardStatus("agreements.workflow.AGREEMENT", "agreements_testingagreement"),
        Immutable(OPERATIONS),
        Immutable(CONSOLIDATIONS),
        Track(OPERATIONS, ("value", "expects"), ()),
        Track(CONSOLIDATIONS, ("duties",), ("developer_id",)),
    ]
