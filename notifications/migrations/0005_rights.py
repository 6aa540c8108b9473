"""The mail process reads mail and marks it sent; agencies' processes never see anybody's mail."""

from django.db import migrations

from audit.operations import AGENCY_ROLES, Grant, Withhold


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_preference_rights")]

    operations = [
        Grant("SELECT, UPDATE", "notifications_mail", ("concord_mail",)),
        Withhold("notifications_mail", (*AGENCY_ROLES, "concord_sealer", "concord_sweeper")),
        Withhold("notifications_notice", (*AGENCY_ROLES, "concord_mail", "concord_sealer", "concord_sweeper")),
    ]
