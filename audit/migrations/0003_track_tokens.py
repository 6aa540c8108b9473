"""API tokens under audit; never their hashes."""

from django.db import migrations

from audit.operations import Track


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_capture"), ("accounts", "0006_protect_tokens")]

    operations = [Track("accounts_apitoken", ("token_hash",), ("organisation_id",))]
