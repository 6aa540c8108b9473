"""Blocked time in a window, as the side that was affected reports it. An agency's report is that agency's and the
developer's; the developer's is read by every agency of the request."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import seats, through

TABLE, SIDES = "early_access_blockedtime", seats("developer_id", "agency_id")
SHARED = f"shared_at IS NOT NULL AND {through('early_access_earlyaccessrequest', 'request_id')}"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_capture"),
        ("accounts", "0010_seats_of_a_person"),
        ("early_access", "0008_confidential_until"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockedTime",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "shared_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Set for the developer's reports: every agency of the request reads them.",
                        null=True,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[("developer", "The developer’s endpoint"), ("agency", "The agency’s own systems")],
                        help_text="What did not work.",
                        max_length=9,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, help_text="Empty: it goes on.", null=True)),
                ("why", models.CharField(max_length=400)),
                ("correction", models.CharField(blank=True, help_text="Why it was corrected last.", max_length=400)),
                (
                    "struck_at",
                    models.DateTimeField(blank=True, help_text="Reported by mistake; it counts no more.", null=True),
                ),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who reported it; empty: the developer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocked",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("struck_at__isnull", True)),
                        fields=("request", "agency"),
                        name="blocked_time_one_open",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gt", models.F("began_at")), _connector="OR"
                        ),
                        name="blocked_time_ends_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", True), ("cause", "developer"), ("shared_at__isnull", False)),
                            models.Q(("agency__isnull", False), ("shared_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="blocked_time_readers",
                    ),
                ],
            },
        ),
        ProtectTable(TABLE, any_of(SIDES, SHARED), SIDES),
        Track(TABLE, ("why", "correction")),
    ]
