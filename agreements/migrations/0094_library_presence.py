"""Which counsel has the draft of a library clause open. Not under audit, as 0071: nothing follows from it, and it is gone a day
later. Read as the draft itself: by people of every agency."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0093_signing_devices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LibraryPresence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_at", models.DateTimeField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agreements.clausedraft"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "library presences",
                "constraints": [models.UniqueConstraint(fields=("draft", "person"), name="library_presence_once")],
            },
        ),
        ProtectTable(
            "agreements_librarypresence",
            "(SELECT concord_at_agency())",
            "person_id = concord_user() AND (SELECT concord_at_agency())",
        ),
    ]
