"""What each process may touch. Mail, sealer and sweeper have the tables named here only; the processes of agencies see
no session, no second factor, no sign-in limit and no schedule."""

from django.db import migrations

from audit.operations import AGENCY_ROLES, Grant, Withhold

OF_SIGN_IN = (
    "django_session", "mfa_authenticator", "usersessions_usersession", "account_emailaddress",
    "account_emailconfirmation", "accounts_limits",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("audit", "0002_capture"),
        ("sessions", "0001_initial"),
        ("account", "__first__"),
        ("mfa", "__first__"),
        ("usersessions", "__first__"),
    ]

    operations = [
        Grant("SELECT, INSERT, UPDATE", "jobs_job", ("concord_mail", "concord_sealer", "concord_sweeper")),
        Grant("SELECT, INSERT", "jobs_echo", ("concord_mail", "concord_sealer")),
        Grant("SELECT, INSERT, UPDATE, DELETE", "jobs_schedule", ("concord_sweeper",)),
        Withhold("jobs_schedule", AGENCY_ROLES),
        Grant("SELECT", "audit_event", ("concord_sealer",)),
        Grant("SELECT, DELETE", "audit_queue", ("concord_sealer",)),
        *(Withhold(table, AGENCY_ROLES) for table in OF_SIGN_IN),
    ]
