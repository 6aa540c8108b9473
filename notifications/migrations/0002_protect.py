"""A notice is its person's; whoever acts may write one to anybody."""

from django.db import migrations

from core.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("accounts", "0002_row_level_security")]

    operations = [ProtectTable("notifications_notice", "user_id = concord_user()", "true")]
