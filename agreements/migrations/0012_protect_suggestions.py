"""Suggestions are read by the parties once they are sent, before that by their own side; sent words never change."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable, any_of
from core.rls import seats

TABLE = "agreements_clausesuggestion"
SENT_OR_OWN = any_of("sent_at IS NOT NULL", seats("organisation_id"))
DECIDED = ("status", "decided_at", "decided_by_id", "decided_for_id", "answer")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0011_suggestions")]

    operations = [
        # Guests read, and write nothing.
        ProtectTable(
            TABLE,
            f"agreement_id IN (SELECT concord_agreements()) AND ({SENT_OR_OWN})",
            f"agreement_id IN (SELECT concord_party_agreements()) AND ({SENT_OR_OWN})",
        ),
        GuardStatus("agreements.workflow.SUGGESTION", TABLE),
        Immutable(TABLE, when="OLD.sent_at IS NOT NULL", but=DECIDED),
        Track(TABLE, ("text", "reason", "answer", "variables"), ("organisation_id",)),
    ]
