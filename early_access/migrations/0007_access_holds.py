"""Access that rests or has ended under an agreement, as a row that both sides read; why something is asked back."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import GuardStatus, ProtectTable
from core.rls import seats

ORGANISATION = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "accounts.organisation"}
BECAUSE = [
    ("withdrawn", "The developer withdrew"),
    ("agreement_ended", "The agreement ended"),
    ("retention", "The time for keeping data is over"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("audit", "0002_capture"),
        ("early_access", "0006_list_filters"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessHold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(choices=[("rests", "Access rests"), ("ended", "Access has ended")], max_length=5),
                ),
                ("sentence", models.CharField(help_text="Why, as both sides read it.", max_length=400)),
                (
                    "lifted_at",
                    models.DateTimeField(
                        blank=True, help_text="When access went on. Ended access never does.", null=True
                    ),
                ),
                ("agency", models.ForeignKey(**ORGANISATION)),
                ("developer", models.ForeignKey(**ORGANISATION)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("request", "agency"),
                        name="access_hold_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifted_at__isnull", True), ("kind", "rests"), _connector="OR"),
                        name="access_hold_end_is_final",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "returnitem", "because", models.CharField(choices=BECAUSE, default="withdrawn", max_length=16)
        ),
        migrations.AddField(
            "returnitem",
            "kept_until",
            models.DateField(help_text="Until when the agreement lets the agency keep evaluation data.", null=True),
        ),
        ProtectTable("early_access_accesshold", seats("developer_id", "agency_id")),
        Track("early_access_accesshold"),
        GuardStatus("early_access.workflow.EARLY_ACCESS_REQUEST", "early_access_earlyaccessrequest"),
    ]
