"""Policies, triggers and audit of runs, results, findings and reports. Runs and results are the agency's alone."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable
from core.rls import seats

AGENCY = seats("agency_id")
BOTH = seats("developer_id", "agency_id")
OF_AGENCY = ("agency_id",)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0003_runs_and_findings"),
        ("accounts", "0002_row_level_security"),
        ("audit", "0002_capture"),
    ]

    operations = [
        ProtectTable("evaluations_evaluationrun", AGENCY),
        ProtectTable("evaluations_runlog", AGENCY),
        ProtectTable("evaluations_result", AGENCY),
        ProtectTable("evaluations_baseline", AGENCY),
        ProtectTable("evaluations_sharedrun", BOTH),
        ProtectTable("evaluations_finding", seats("agency_id", "shared_with_id")),
        ProtectTable("evaluations_findingentry", BOTH),
        ProtectTable("evaluations_evaluationreport", seats("agency_id", "delivered_to_id")),
        GuardStatus("evaluations.workflow.RUN", "evaluations_evaluationrun"),
        GuardStatus("evaluations.workflow.FINDING", "evaluations_finding"),
        Track("evaluations_evaluationrun", ("items", "warnings"), OF_AGENCY),
        Track("evaluations_runlog", (), OF_AGENCY),
        Track("evaluations_result", (), OF_AGENCY),
        Track("evaluations_baseline", (), OF_AGENCY),
        Track("evaluations_sharedrun", ("content",)),
        Track("evaluations_finding", ("title", "text", "mitigation"), ("agency_id", "shared_with_id")),
        Track("evaluations_findingentry", ("text",)),
        Track("evaluations_evaluationreport", ("summary", "limitations"), ("agency_id", "delivered_to_id")),
    ]
