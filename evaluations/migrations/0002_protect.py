"""Policies, triggers and audit of the room's tables. Routing speaks of capacity: developers read none of it."""

from django.db import migrations

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable
from core.rls import seats

BOTH = seats("developer_id", "agency_id")
AGENCIES = "(SELECT concord_at_agency())"


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0001_initial"),
        ("accounts", "0002_row_level_security"),
        ("audit", "0002_capture"),
    ]

    operations = [
        ProtectTable("evaluations_routingruleset", AGENCIES),
        ProtectTable("evaluations_routingrule", AGENCIES),
        ProtectTable("evaluations_routingattempt", seats("router_id")),
        ProtectTable("evaluations_routingdecision", seats("router_id", "agency_id")),
        ProtectTable("evaluations_evaluationassignment", BOTH),
        ProtectTable("evaluations_attestation", seats("agency_id")),
        ProtectTable("evaluations_rulesofengagement", BOTH),
        ProtectTable("evaluations_accesscheck", BOTH),
        GuardStatus("evaluations.workflow.ASSIGNMENT", "evaluations_evaluationassignment"),
        Track("evaluations_routingruleset", (), ()),
        Track("evaluations_routingrule", (), ()),
        Track("evaluations_routingattempt", (), ("router_id",)),
        Track("evaluations_routingdecision", (), ("router_id", "agency_id")),
        Track("evaluations_evaluationassignment"),
        Track("evaluations_attestation", (), ("agency_id",)),
        Track("evaluations_rulesofengagement"),
        Track("evaluations_accesscheck"),
    ]
