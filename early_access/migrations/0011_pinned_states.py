"""What was served from when on. Whoever reads the request reads it; the developer alone writes it, once. Requests of before
get their first state in 0014: here its foreign keys do not stand yet, and could not be checked past the policies."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats, through

TABLE, OWN = "early_access_pinnedstate", seats("developer_id")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("developers", "0003_list_filters"),
        ("early_access", "0010_window_extensions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PinnedState",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("number", models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request.")),
                ("configuration_sha256", models.CharField(max_length=64)),
                (
                    "variants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("production", "Production safeguards"),
                                ("reduced_safeguard", "Reduced safeguards"),
                                ("helpful_only", "Helpful only"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("since", models.DateTimeField(help_text="From when on it is served, as the developer says.")),
                (
                    "sentence",
                    models.CharField(blank=True, help_text="What moved, in the developer's words.", max_length=400),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: pinned by the submission, or by an answer to intake.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="developers.modelcheckpoint"
                    ),
                ),
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
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_access.accessspecification",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "number"), name="pinned_state_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("announced_by__isnull", True), models.Q(("sentence", ""), _negated=True), _connector="OR"
                        ),
                        name="pinned_state_says_what_moved",
                    ),
                ],
            },
        ),
        ProtectTable(TABLE, any_of(OWN, through("early_access_earlyaccessrequest", "request_id")), OWN),
        Immutable(TABLE),
        Track(TABLE, ("sentence",), parties=("developer_id",)),
    ]
