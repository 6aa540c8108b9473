"""What the developer itself measured. Agencies with consent to the variant read it, and no other agency."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import consented, seats

TABLE, OWN = "early_access_claimedresult", seats("developer_id")
CONSENTED = consented("early_access_variantconsent", request_id=f"{TABLE}.request_id", kind=f"{TABLE}.variant")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("developers", "0003_list_filters"),
        ("early_access", "0021_prices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimedResult",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "checkpoint_label",
                    models.CharField(
                        help_text="Its name, for agencies that do not read an earlier build's row.", max_length=120
                    ),
                ),
                (
                    "variant",
                    models.CharField(
                        choices=[
                            ("production", "Production safeguards"),
                            ("reduced_safeguard", "Reduced safeguards"),
                            ("helpful_only", "Helpful only"),
                        ],
                        max_length=20,
                    ),
                ),
                ("suite", models.CharField(max_length=200)),
                ("suite_version", models.CharField(blank=True, max_length=60)),
                ("metric", models.CharField(max_length=120)),
                ("estimate", models.FloatField(help_text="A share, 0 to 1.")),
                ("ci_low", models.FloatField(help_text="Of the 95 % interval; empty: none was computed.", null=True)),
                ("ci_high", models.FloatField(null=True)),
                ("n", models.PositiveIntegerField(help_text="How many items it was measured on.")),
                ("method", models.TextField(help_text="How it was measured.")),
                ("source", models.CharField(help_text="Where it stands, in words.", max_length=300)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_why", models.CharField(blank=True, max_length=300)),
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
                    "document",
                    models.ForeignKey(
                        help_text="Where it stands, if attached.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="early_access.requestdocument",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claimed_results",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
                (
                    "stated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["request", "-created_at", "-id"], name="claimed_result_request")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ci_high__isnull", True), ("ci_low__isnull", True)),
                            models.Q(("ci_high__gte", models.F("estimate")), ("ci_low__lte", models.F("estimate"))),
                            _connector="OR",
                        ),
                        name="claimed_result_interval_holds_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimate__gte", 0), ("estimate__lte", 1), ("n__gte", 1)),
                        name="claimed_result_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True), ("taken_back_by__isnull", True), ("taken_back_why", "")
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                                models.Q(("taken_back_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claimed_result_taken_back_with_reason",
                    ),
                ],
            },
        ),
        ProtectTable(TABLE, any_of(OWN, CONSENTED), OWN),
        Track(
            TABLE,
            ("checkpoint_label", "suite", "suite_version", "metric", "method", "source", "taken_back_why"),
            parties=("developer_id",),
        ),
    ]
