"""Who keeps the key of an agency. Everybody reads it, since developers' keys are sealed to it; its own side writes it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

CUSTODY = "agencies_keycustody"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agencies", "0002_capacity_periods"),
        ("audit", "0002_capture"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyCustody",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hosted", "Hosted: our hosts open it for your people"),
                            ("agency_held", "Agency-held: your own worker alone opens it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("public_key", models.TextField(blank=True, help_text="PEM; of an RSA key of at least 3072 bits.")),
                (
                    "key_id",
                    models.CharField(
                        blank=True, help_text="“rsa:” and the beginning of the key's SHA-256.", max_length=120
                    ),
                ),
                ("row_version", models.PositiveIntegerField(default=1)),
                ("set_at", models.DateTimeField()),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_custody",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: by a command.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "key custodies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key_id", ""), ("kind", "hosted"), ("public_key", "")),
                            models.Q(("kind", "agency_held"), models.Q(("public_key", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="custody_held_has_a_key",
                    )
                ],
            },
        ),
        ProtectTable(CUSTODY, seats("agency_id")),
        migrations.RunSQL(
            f"CREATE POLICY {CUSTODY}_read ON {CUSTODY} FOR SELECT USING (true)",
            f"DROP POLICY {CUSTODY}_read ON {CUSTODY}",
        ),
        Track(CUSTODY, parties=("agency_id",)),
    ]
