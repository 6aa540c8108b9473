"""A completion certificate for each executed file."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("agreements", "0006_time_stamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompletionCertificate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="agreements.testingagreement",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "executed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="agreements.issuedfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        ProtectTable(
            "agreements_completioncertificate",
            "agreement_id IN (SELECT concord_agreements())",
            "agreement_id IN (SELECT concord_party_agreements())",
        ),
        Immutable("agreements_completioncertificate"),
        Track("agreements_completioncertificate", ("content",), ("developer_id",)),
    ]
