"""What people read of sealed logs, sealed again to keys that their browsers hold."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

VIEWS = "evaluations_logview"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("evaluations", "0019_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("public_key", models.CharField(max_length=64)),
                (
                    "block",
                    models.PositiveIntegerField(
                        help_text="Which samples, counted in blocks; the first has the list of all."
                    ),
                ),
                ("sealed", models.BinaryField(default=bytes)),
                ("refused", models.TextField(blank=True, help_text="Why it could not be opened, as a sentence.")),
                ("answered_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
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
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="views", to="evaluations.runlog"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("log", "by", "public_key", "block"), name="log_view_once")
                ],
            },
        ),
        ProtectTable(VIEWS, seats("agency_id")),
        Track(VIEWS, ("sealed", "public_key", "refused"), ("agency_id",)),
    ]
