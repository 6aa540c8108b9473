"""Runs that are started here: what was asked for and how far it is; their logs; and the run that a retest is.

The record of changes watches everything but the counts, which are written every two seconds.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable, WatchColumns
from core.rls import seats

LAUNCH = "evaluations_runlaunch"
WATCHED = (
    "status", "suite", "domain", "variant", "restricted", "parallel", "budget_tokens", "budget_minutes", "price_per_million",
    "budget_usd", "launched_by_id", "credential_id", "starts", "asked", "note", "started_at", "ended_at", "assignment_id",
    "developer_id", "agency_id",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("early_access", "0012_section_tasks"),
        ("evaluations", "0021_reporting_details"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="findingentry",
            name="run",
            field=models.ForeignKey(
                help_text="The run that a retest is.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evaluations.evaluationrun",
            ),
        ),
        migrations.CreateModel(
            name="RunLaunch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("status", models.CharField(default="queued", max_length=16)),
                ("suite", models.CharField(max_length=60)),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            ("cybersecurity", "Cybersecurity"),
                            ("chemical_biological", "Chemical and biological"),
                            ("radiological_nuclear", "Radiological and nuclear"),
                            ("critical_infrastructure", "Critical infrastructure"),
                            ("conventional_military", "Conventional military"),
                        ],
                        max_length=40,
                    ),
                ),
                ("variant", models.CharField(max_length=30)),
                ("restricted", models.BooleanField(default=False)),
                ("parallel", models.PositiveSmallIntegerField(help_text="Most calls at the same time.")),
                ("budget_tokens", models.BigIntegerField()),
                ("budget_minutes", models.PositiveIntegerField()),
                ("price_per_million", models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                ("budget_usd", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "starts",
                    models.PositiveSmallIntegerField(default=0, help_text="How often a process was started for it."),
                ),
                ("asked", models.PositiveSmallIntegerField(default=1, help_text="How often a person asked for it.")),
                (
                    "note",
                    models.CharField(blank=True, help_text="Why it ended, as the evaluator reads it.", max_length=400),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(help_text="When its supervisor last wrote.", null=True)),
                ("samples", models.PositiveIntegerField(default=0)),
                ("samples_done", models.PositiveIntegerField(default=0)),
                ("samples_failed", models.PositiveIntegerField(default=0)),
                ("tokens_in", models.BigIntegerField(default=0)),
                ("tokens_out", models.BigIntegerField(default=0)),
                ("seconds", models.PositiveIntegerField(default=0, help_text="Time that it ran.")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="launches",
                        to="evaluations.evaluationassignment",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        help_text="Of its last start.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_access.accesscredential",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "launched_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="runlog",
            name="launch",
            field=models.ForeignKey(
                help_text="The run here that wrote it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="logs",
                to="evaluations.runlaunch",
            ),
        ),
        migrations.AddIndex(
            model_name="runlaunch",
            index=models.Index(fields=["agency", "-created_at", "-id"], name="launch_agency"),
        ),
        migrations.AddIndex(
            model_name="runlaunch",
            index=models.Index(fields=["assignment", "-created_at", "-id"], name="launch_assignment"),
        ),
        migrations.AddConstraint(
            model_name="runlaunch",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_usd", None), ("price_per_million__isnull", False), _connector="OR"),
                name="launch_cost_needs_a_price",
            ),
        ),
        ProtectTable(LAUNCH, seats("agency_id")),
        GuardStatus("evaluations.workflow.RUN", LAUNCH),
        GuardStatus("evaluations.workflow.RUN", "evaluations_evaluationrun"),
        Track(LAUNCH, ("note",), ("agency_id",)),
        WatchColumns(LAUNCH, WATCHED, ()),
    ]
