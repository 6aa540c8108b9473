"""Notes on runs: what no log says of them. The agency's alone; the developer reads a copy once the run is shared."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

NOTES = "evaluations_runnotes"
TEXTS = ("elicitation", "awareness", "cheating_found", "transcripts_method")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("evaluations", "0014_rule_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunNotes",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("row_version", models.PositiveIntegerField(default=1)),
                (
                    "scaffold",
                    models.CharField(
                        blank=True, help_text="Name and version of the agent around the model.", max_length=200
                    ),
                ),
                ("scaffold_tools", models.CharField(blank=True, max_length=300)),
                ("prompt_sha256", models.CharField(blank=True, max_length=64)),
                ("elicitation", models.TextField(blank=True)),
                (
                    "attempts_k",
                    models.PositiveSmallIntegerField(
                        help_text="Attempts of which the best counts (pass@k).", null=True
                    ),
                ),
                ("cost_usd", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("n_refused", models.PositiveIntegerField(help_text="Attempts that the model refused.", null=True)),
                ("awareness", models.TextField(blank=True, help_text="Signs that the model knew that it was tested.")),
                ("cheating_rate", models.FloatField(help_text="Share of attempts, 0 to 1.", null=True)),
                ("cheating_found", models.TextField(blank=True)),
                ("transcripts_read", models.PositiveIntegerField(null=True)),
                ("transcripts_by", models.CharField(blank=True, max_length=200)),
                ("transcripts_method", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="evaluations.evaluationrun",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        ProtectTable(NOTES, seats("agency_id")),
        Track(NOTES, TEXTS, ("agency_id",)),
    ]
