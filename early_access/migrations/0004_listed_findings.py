"""What a release notice lists is a row per finding, which its own agency reads; the others read the number only."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("audit", "0002_capture"),
        ("early_access", "0003_policies_by_index"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="releasenotice",
            name="open_findings",
        ),
        migrations.AddField(
            model_name="releasenotice",
            name="open_count",
            field=models.PositiveIntegerField(default=0, help_text="How many findings it lists, over all agencies."),
        ),
        migrations.CreateModel(
            name="ListedFinding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reference", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("url", models.CharField(help_text="Its page; the room above knows it.", max_length=200)),
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
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listed",
                        to="early_access.releasenotice",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("notice", "reference"), name="listed_finding_once")],
            },
        ),
        ProtectTable("early_access_listedfinding", seats("developer_id", "agency_id"), seats("developer_id")),
        Track("early_access_listedfinding", ("title",)),
    ]
