"""The lists of delegations and certificates: an index for every page and filter, and a column to filter by.

A generated column has no value yet when a trigger runs before the row is written: the one that keeps rows as they are leaves
it out.
"""

from django.conf import settings
from django.db import migrations, models

TABLE = "agreements_signatureauthority"
OPEN = ("concurred_at", "concurred_by_id", "revoked_at", "revoked_by_id", "revoked_reason")
FREEZE = """
CREATE OR REPLACE FUNCTION freeze_{table}() RETURNS trigger LANGUAGE plpgsql AS $freeze$
BEGIN
    IF true AND (TG_OP = 'DELETE' OR to_jsonb(OLD){drop} IS DISTINCT FROM to_jsonb(NEW){drop}) THEN
        RAISE EXCEPTION '{table} rows do not change once frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $freeze$"""


def freeze(*but: str) -> str:
    """The function of core.operations.Immutable anew; its trigger stays."""
    return FREEZE.format(table=TABLE, drop="".join(f" - '{column}'" for column in but))


def index(model: str, name: str, *fields: str) -> migrations.AddIndex:
    """Of one organisation's rows, newest first, after the fields."""
    columns = ["organisation", *fields, "-created_at", "-id"]
    return migrations.AddIndex(model_name=model, index=models.Index(fields=columns, name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0100_plans_taken_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signatureauthority",
            name="standing",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(revoked_at__isnull=False, then=models.Value("revoked")),
                    models.When(concurred_at__isnull=True, then=models.Value("waits")),
                    default=models.Value("concurred"),
                ),
                help_text="What people look for in the list; its time is not told by it.",
                output_field=models.CharField(
                    choices=[
                        ("waits", "Waits for counsel"),
                        ("concurred", "Counsel concurred"),
                        ("revoked", "Revoked"),
                    ],
                    max_length=9,
                ),
            ),
        ),
        migrations.RunSQL(freeze(*OPEN, "standing"), freeze(*OPEN)),
        index("owncertificate", "own_certificate_newest"),
        index("signatureauthority", "authority_newest"),
        index("signatureauthority", "authority_by_standing", "standing"),
        index("signatureauthority", "authority_by_holder", "holder"),
        index("signatureauthority", "authority_by_post", "post"),
    ]
