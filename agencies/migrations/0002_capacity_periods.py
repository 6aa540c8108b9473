"""Days on which an agency has other places than usual. Its own people and whoever routes for it read them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agencies.domains import RiskDomain
from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

PERIOD = "agencies_capacityperiod"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agencies", "0001_initial"),
        ("audit", "0002_capture"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CapacityPeriod",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("domain", models.CharField(choices=RiskDomain.choices, max_length=40)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("places", models.PositiveSmallIntegerField()),
                (
                    "note",
                    models.CharField(blank=True, help_text="Why; for the agency's own people.", max_length=200),
                ),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "domain", "starts_on"), name="capacity_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="capacity_period_at_least_a_day",
                    ),
                ]
            },
        ),
        ProtectTable(PERIOD, seats("agency_id")),
        Track(PERIOD, ("note",), ("agency_id",)),
    ]
