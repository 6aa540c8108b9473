"""Findings can be edited and are late by a clock; once shared, their words and what was said about them stay."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.operations import GuardStatus, Immutable


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("evaluations", "0005_runs_from_logs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="finding",
            name="edited_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="moved_at",
            field=models.DateTimeField(blank=True, help_text="When its state changed last.", null=True),
        ),
        migrations.AddField(
            model_name="finding",
            name="row_version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="finding",
            name="answer_due_at",
            field=models.DateTimeField(
                blank=True, help_text="Until when the side whose move it is is asked for an answer.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="findingentry",
            name="text",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="findingentry",
            index=models.Index(fields=["finding", "created_at", "id"], name="finding_entry_finding"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shared_at", None), ("shared_with", None), ("status", "draft")),
                    models.Q(
                        models.Q(("status", "draft"), _negated=True),
                        ("shared_at__isnull", False),
                        ("shared_with__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="finding_draft_is_nobody_elses",
            ),
        ),
        GuardStatus("evaluations.workflow.FINDING", "evaluations_finding"),
        Immutable(
            "evaluations_finding",
            when="OLD.status <> 'draft'",
            but=("status", "moved_at", "answer_due_at", "row_version"),
        ),
        Immutable("evaluations_findingentry"),
    ]
