"""Incidents, readable for the other side only once it was notified, with the hours of the agreement kept at routing."""

import functools
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.references
from audit.operations import Track
from core.operations import GuardStatus, Immutable, ProtectTable
from core.rls import seats

INCIDENT = "evaluations_evaluationincident"
WORDS = ("what_happened", "what_was_done", "containment", "notice", "investigation", "lessons")
STEPS = (
    "status", "told_id", "containment", "measures", "contained_at", "notice", "notified_at", "investigation", "lessons",
    "moved_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("evaluations", "0011_publication_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evaluationassignment",
            name="incident_notice_hours",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Within how many hours the agreement wants an incident told; empty: silent.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="EvaluationIncident",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(core.references.new_reference, *("INC",), **{}),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("status", models.CharField(default="reported", max_length=24)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("credential", "Credential exposed"),
                            ("leak", "Confidential information leaked"),
                            ("escape", "Escape from the test environment"),
                            ("rules", "Outside the rules of engagement"),
                            ("person", "Somebody without an attestation"),
                            ("other", "Another incident"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("critical", "Critical"), ("high", "High"), ("medium", "Medium"), ("low", "Low")],
                        max_length=12,
                    ),
                ),
                ("discovered_at", models.DateTimeField()),
                ("notice_hours", models.PositiveSmallIntegerField(help_text="From the discovery to the notice.")),
                ("notice_due_at", models.DateTimeField(help_text="Until when the other side has to be notified.")),
                ("what_happened", models.TextField()),
                ("what_was_done", models.TextField(blank=True)),
                ("containment", models.TextField(blank=True)),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("pause", "Pause testing"),
                                ("revoke_key", "Revoke the access key"),
                                ("stop", "Stop the test for good"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("contained_at", models.DateTimeField(null=True)),
                ("notice", models.TextField(blank=True)),
                ("notified_at", models.DateTimeField(null=True)),
                ("investigation", models.TextField(blank=True)),
                ("lessons", models.TextField(blank=True)),
                ("moved_at", models.DateTimeField(help_text="When its state changed last.")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents",
                        to="evaluations.evaluationassignment",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reporter", "-created_at", "-id"], name="incident_reporter"),
                    models.Index(fields=["told", "-created_at", "-id"], name="incident_told"),
                    models.Index(fields=["reporter", "status", "-created_at", "-id"], name="incident_reporter_status"),
                    models.Index(fields=["told", "status", "-created_at", "-id"], name="incident_told_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notified_at", None), ("status__in", ("reported", "contained")), ("told", None)),
                            models.Q(
                                models.Q(("status__in", ("reported", "contained")), _negated=True),
                                ("notified_at__isnull", False),
                                ("told__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incident_untold_is_nobody_elses",
                    )
                ],
            },
        ),
        ProtectTable(INCIDENT, seats("reporter_id", "told_id")),
        GuardStatus("evaluations.workflow.INCIDENT", INCIDENT),
        Immutable(INCIDENT, but=STEPS),
        Track(INCIDENT, WORDS, ("reporter_id", "told_id")),
    ]
