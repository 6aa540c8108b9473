"""Workers read people through a view without password hashes, and no session or second factor (docs/decisions/0005)."""

from django.db import migrations

from audit.operations import AGENCY_ROLES, Withhold

WORKERS = ("concord_worker", *AGENCY_ROLES)
SHOWN = (
    "id, created_at, last_login, is_superuser, email, name, post, time_zone, keyboard_shortcuts, is_active, is_staff,"
    " '!'::varchar(128) AS password"
)
VIEW = f"""
CREATE SCHEMA concord_narrow;
CREATE VIEW concord_narrow.accounts_user AS SELECT {SHOWN} FROM public.accounts_user;
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname = ANY (string_to_array('{",".join(WORKERS)}', ',')) LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA concord_narrow TO %I', name);
        EXECUTE format('GRANT SELECT ON concord_narrow.accounts_user TO %I', name);
    END LOOP;
END $$"""  # noqa: S608  # constants of this file


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_agencies_own_queues"), ("accounts", "0008_guests_and_factors")]

    operations = [
        migrations.RunSQL(VIEW, "DROP SCHEMA concord_narrow CASCADE"),
        Withhold("accounts_user", WORKERS),
        *(
            Withhold(table, ("concord_worker",))
            for table in ("mfa_authenticator", "django_session", "usersessions_usersession")
        ),
    ]
