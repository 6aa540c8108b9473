"""Review before publication, with the days that the agreement gives kept on the assignment at routing."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats


def to(model: str, name: str = "+", **options: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("audit", "0002_capture"),
        ("evaluations", "0010_max_testers"),
    ]

    operations = [
        migrations.AddField(
            "evaluationassignment",
            "publication_review_days",
            models.PositiveSmallIntegerField(
                blank=True, help_text="What the agreement gives before anybody publishes; empty: silent.", null=True
            ),
        ),
        migrations.CreateModel(
            name="PublicationReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("text", models.TextField()),
                (
                    "due_at",
                    models.DateTimeField(help_text="Until when the other side may read it before anybody publishes."),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing", "Nothing has to be left out"),
                            ("leave_out", "Something has to be left out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("remark", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("agency", to("accounts.organisation")),
                ("answered_by", to("accounts.user", null=True)),
                ("asked_by", to("accounts.user")),
                ("asked_for", to("accounts.organisation")),
                ("assignment", to("evaluations.evaluationassignment", "publications")),
                ("developer", to("accounts.organisation")),
                ("published_by", to("accounts.user", null=True)),
                ("report", to("evaluations.evaluationreport", "publications")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None), ("published_at", None)),
                        fields=("report", "asked_for"),
                        name="publication_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(answered_at=None, answered_by=None, verdict="")
                        | (models.Q(answered_at__isnull=False, answered_by__isnull=False) & ~models.Q(verdict="")),
                        name="publication_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(published_at=None, published_by=None)
                        | (
                            models.Q(published_at__isnull=False, published_by__isnull=False)
                            & ~models.Q(verdict="leave_out")
                        ),
                        name="publication_leaves_out_what_was_asked",
                    ),
                ],
            },
        ),
        ProtectTable("evaluations_publicationreview", seats("developer_id", "agency_id")),
        Track("evaluations_publicationreview", ("text", "remark")),
    ]
