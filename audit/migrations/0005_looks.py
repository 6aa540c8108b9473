"""When each person last had a timeline before them; theirs alone, and no business change, so it is not tracked."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.operations import AGENCY_ROLES, Withhold
from core.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_request_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("object_id", models.UUIDField()),
                ("since_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "audit_look",
                "constraints": [models.UniqueConstraint(fields=("user", "object_id"), name="look_once")],
            },
        ),
        ProtectTable("audit_look", "user_id = concord_user()"),
        Withhold("audit_look", (*AGENCY_ROLES, "concord_mail", "concord_sealer", "concord_sweeper")),
    ]
