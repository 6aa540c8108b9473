"""A recorded delegation is concurred with and revoked, never changed: what a signature rested on stays readable."""

from django.db import migrations

from core.operations import Immutable

OPEN = ("concurred_at", "concurred_by_id", "revoked_at", "revoked_by_id", "revoked_reason")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0020_authority_chains")]

    operations = [Immutable("agreements_signatureauthority", but=OPEN)]
