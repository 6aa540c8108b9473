"""Policies, triggers and audit of fact checks; a delivered report is frozen but for its receipt."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable
from core.rls import seats

BOTH = seats("developer_id", "agency_id")
REPORT = "evaluations_evaluationreport"
READERS = ("agency_id", "delivered_to_id")


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0007_reports_and_fact_checks")]

    operations = [
        ProtectTable("evaluations_factcheck", BOTH),
        ProtectTable("evaluations_factcheckcomment", BOTH),
        GuardStatus("evaluations.workflow.ASSIGNMENT", "evaluations_evaluationassignment"),
        Immutable(REPORT, when="OLD.delivered_at IS NOT NULL", but=("received_at",)),
        Immutable("evaluations_factcheckcomment"),
        Track("evaluations_factcheck", ("content",)),
        Track("evaluations_factcheckcomment", ("text",)),
        # The record of reports leaves out the new columns with text, too.
        migrations.RunSQL(
            f"DROP TRIGGER audit_capture ON {REPORT}", Track(REPORT, ("summary", "limitations"), READERS).sql
        ),
        Track(REPORT, ("summary", "limitations", "correction", "content"), READERS),
    ]
