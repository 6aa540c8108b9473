"""Documents of a request, kept byte for byte in versions. None of them changes."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats, through

OWN, TABLE = seats("developer_id"), "early_access_requestdocument"
THROUGH = any_of(OWN, through("early_access_earlyaccessrequest", "request_id"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("early_access", "0017_trusted_partners"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestDocument",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ml_bom", "ML-BOM"),
                            ("spdx", "SPDX document"),
                            ("model_card", "Model card"),
                            ("system_card", "System card"),
                        ],
                        max_length=11,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request and kind.")),
                ("file_name", models.CharField(help_text="As it was called where it came from.", max_length=200)),
                (
                    "ending",
                    models.CharField(help_text="json, spdx, pdf, md or txt: as what it is handed on.", max_length=4),
                ),
                ("format", models.CharField(help_text="What it was recognised as, in words.", max_length=40)),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("sha256", models.CharField(help_text="Of the file as it came.", max_length=64)),
                (
                    "html_sha256",
                    models.CharField(blank=True, help_text="Of the HTML that Markdown was turned into.", max_length=64),
                ),
                ("said", models.JSONField(default=list, help_text="[[label, text]]: what it says, as it was read.")),
                (
                    "offers",
                    models.JSONField(default=dict, help_text="What a person may take over into fields: name → text."),
                ),
                ("checked", models.JSONField(default=list, help_text="Sentences: what was checked.")),
                ("unchecked", models.JSONField(default=list, help_text="Sentences: what was not.")),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "kind", "version"), name="request_document_once")
                ],
            },
        ),
        ProtectTable(TABLE, THROUGH, OWN),
        Immutable(TABLE),
        Track(TABLE, ("file_name", "said", "offers"), parties=("developer_id",)),
    ]
