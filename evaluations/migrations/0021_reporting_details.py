"""What a report says for the criteria of the reporting standard. The agency's until it is delivered in a report."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

DETAILS = "evaluations_reportingdetail"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("evaluations", "0020_log_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingDetail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("criterion", models.CharField(max_length=20)),
                (
                    "covers",
                    models.CharField(
                        choices=[
                            ("part", "What the standard asks at least"),
                            ("full", "All that the standard asks"),
                            ("not_applicable", "It does not apply, for the reason given"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
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
                        related_name="reporting_details",
                        to="evaluations.evaluationassignment",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "criterion"), name="reporting_detail_once")
                ],
            },
        ),
        ProtectTable(DETAILS, seats("agency_id")),
        Track(DETAILS, ("text",), ("agency_id",)),
    ]
