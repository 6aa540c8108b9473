"""Notes on an incident, readable for the other side once it was notified, like the incident itself."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable
from core.rls import seats

NOTE = "evaluations_incidentnote"
ORGANISATION = "accounts.organisation"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("evaluations", "0022_runs_started_here"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="evaluations.evaluationincident",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=ORGANISATION),
                ),
                (
                    "side",
                    models.ForeignKey(
                        help_text="Who wrote it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=ORGANISATION,
                    ),
                ),
                (
                    "told",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=ORGANISATION
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["incident", "created_at", "id"], name="incident_note_incident")],
            },
        ),
        ProtectTable(NOTE, seats("reporter_id", "told_id")),
        Immutable(NOTE, but=("told_id",)),
        Track(NOTE, ("text",), ("reporter_id", "told_id")),
    ]
