"""A reported request closes by itself when neither side does."""

from django.db import migrations

from core.operations import GuardStatus


class Migration(migrations.Migration):
    dependencies = [("early_access", "0004_listed_findings")]

    operations = [GuardStatus("early_access.workflow.EARLY_ACCESS_REQUEST", "early_access_earlyaccessrequest")]
