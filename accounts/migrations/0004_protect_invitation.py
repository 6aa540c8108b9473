"""Invitations are read by the organisation's people, and by whoever holds the token."""

from django.db import migrations

from core.operations import ProtectTable


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitation")]

    operations = [
        ProtectTable(
            "accounts_invitation",
            "organisation_id IN (SELECT concord_seats()) OR token_hash = nullif(current_setting('concord.token', true), '')",
        )
    ]
