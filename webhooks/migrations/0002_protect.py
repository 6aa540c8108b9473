"""An organisation's own rows only. The process that sends reads what it needs and writes what came of it, no more; the
secrets are read by it and by the web process, which seals them and can replace them."""

from django.db import migrations

from audit.operations import AGENCY_ROLES, Grant, Track, Withhold
from core.operations import GuardStatus, ProtectTable
from core.rls import seats

OWN = seats("organisation_id")
TABLES = ("webhooks_endpoint", "webhooks_secret", "webhooks_health", "webhooks_delivery", "webhooks_attempt")
SENDER = ("concord_mail",)


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial"), ("audit", "0002_capture"), ("accounts", "0006_protect_tokens")]

    operations = [
        *(ProtectTable(table, OWN) for table in TABLES),
        *(Withhold(table, AGENCY_ROLES) for table in TABLES),
        Withhold("webhooks_secret", ("concord_worker",)),
        Grant("SELECT", "webhooks_endpoint", SENDER),
        Grant("SELECT", "webhooks_secret", SENDER),
        Grant("SELECT, UPDATE (failing_since, quiet_until)", "webhooks_health", SENDER),
        Grant("SELECT, UPDATE", "webhooks_delivery", SENDER),
        Grant("SELECT, INSERT", "webhooks_attempt", SENDER),
        GuardStatus("webhooks.workflow.ENDPOINT", "webhooks_endpoint"),
        GuardStatus("webhooks.workflow.DELIVERY", "webhooks_delivery"),
        # An address may hold a token of its receiver.
        Track("webhooks_endpoint", ("address",), ("organisation_id",)),
        Track("webhooks_secret", ("ciphertext", "wrapped"), ("organisation_id",)),
    ]
