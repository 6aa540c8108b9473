"""What an agency's own worker seals for the page that asked. The agency's alone; the developer reads the opening."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

ANSWER = "early_access_heldanswer"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("early_access", "0019_known_limitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "public_key",
                    models.CharField(
                        help_text="P-256, uncompressed, base64url: of the page that asked.", max_length=88
                    ),
                ),
                ("sealed", models.BinaryField(null=True)),
                (
                    "refused",
                    models.CharField(
                        blank=True, help_text="Why the worker did not open it, as a sentence.", max_length=400
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(help_text="From then on it is neither answered nor handed out.")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_access.accesscredential",
                    ),
                ),
                (
                    "opening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="early_access.credentialopening",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["request", "by"], name="held_answer_request")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed__isnull", True),
                            models.Q(("answered_at__isnull", False), ("refused", ""), ("taken_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="held_answer_kept_until_taken",
                    )
                ],
            },
        ),
        ProtectTable(ANSWER, seats("agency_id")),
        Track(ANSWER, ("sealed", "public_key", "refused"), ("agency_id",)),
    ]
