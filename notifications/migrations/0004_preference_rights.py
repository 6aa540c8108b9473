"""Everybody's mail may be left out by the job that writes it, so preferences are read openly and written by their person."""

from django.db import migrations

from audit.operations import Track
from core.operations import ProtectTable

READ = "CREATE POLICY notifications_mailpreference_read ON notifications_mailpreference FOR SELECT USING (true)"
UNREAD = "DROP POLICY notifications_mailpreference_read ON notifications_mailpreference"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_mailpreference"), ("audit", "0002_capture")]

    operations = [
        ProtectTable("notifications_mailpreference", "user_id = concord_user()"),
        migrations.RunSQL(READ, UNREAD),
        Track("notifications_mailpreference", (), ()),
    ]
