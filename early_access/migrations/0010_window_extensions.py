"""Proposals to lengthen a window, and how each was answered. Whoever reads the request reads them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable, any_of
from core.rls import seats, through

TABLE = "early_access_windowextension"
READERS = any_of(seats("developer_id"), through("early_access_earlyaccessrequest", "request_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_capture"),
        ("accounts", "0010_seats_of_a_person"),
        ("early_access", "0009_blocked_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WindowExtension",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("status", models.CharField(default="proposed", max_length=12)),
                ("starts_on", models.DateField(help_text="The window's first day.")),
                ("was_until", models.DateField(help_text="The window's last day when it was proposed.")),
                ("ends_on", models.DateField(help_text="The last day that is proposed.")),
                ("why", models.CharField(max_length=400)),
                ("answer", models.CharField(blank=True, max_length=400)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consented_at",
                    models.DateTimeField(blank=True, help_text="When the developer consented.", null=True),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who proposed it; empty: the developer.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")), fields=("request",), name="extension_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("was_until"))), name="extension_is_longer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "stands"), _negated=True),
                            models.Q(("answered_at__isnull", False), ("consented_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="extension_stands_by_consent",
                    ),
                ],
            },
        ),
        ProtectTable(TABLE, READERS),
        GuardStatus("early_access.workflow.WINDOW_EXTENSION", TABLE),
        Track(TABLE, ("why", "answer"), parties=("developer_id",)),
    ]
