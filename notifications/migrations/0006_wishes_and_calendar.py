"""Three ways to have notices, and a calendar feed behind a secret address that only its hash is kept of."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import AGENCY_ROLES, Track, Withhold
from core.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0005_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="mailpreference",
            name="how",
            field=models.CharField(
                choices=[("mail", "Here and by mail"), ("page", "Here only"), ("off", "Not at all")],
                default="mail",
                max_length=4,
            ),
        ),
        # The owner of the table obeys its policy while that is forced; the wishes of all people are carried over.
        migrations.RunSQL(
            [
                "ALTER TABLE notifications_mailpreference NO FORCE ROW LEVEL SECURITY",
                "UPDATE notifications_mailpreference SET how = 'page' WHERE NOT mailed",
                "ALTER TABLE notifications_mailpreference FORCE ROW LEVEL SECURITY",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField(
            model_name="mailpreference",
            name="mailed",
        ),
        migrations.AddConstraint(
            model_name="mailpreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["mail", "page", "off"])), name="mail_preference_how"
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feed", to=settings.AUTH_USER_MODEL
            ),
        ),
        ProtectTable(
            "notifications_calendarfeed",
            "user_id = concord_user() OR token_hash = nullif(current_setting('concord.token', true), '')",
            "user_id = concord_user()",
        ),
        Track("notifications_calendarfeed", ("token_hash",), ()),
        Withhold("notifications_calendarfeed", AGENCY_ROLES),
    ]
