"""Conflicts of interest, and a wall behind them: while one stands, nothing inside these tests is a row for its person."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

CONFLICT = "evaluations_conflictofinterest"
# What is inside a test and names its developer. Their people are never at an agency, so only agencies' people are kept out.
INSIDE = ("attestation", "accesscheck", "rulesofengagement", "runlog", "evaluationrun", "result", "factcheck", "findingentry",
          "sharedrun", "runnotes")  # fmt: skip
MINE = """
CREATE FUNCTION concord_conflicts() RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $mine$
    SELECT developer_id FROM evaluations_conflictofinterest WHERE person_id = concord_user() AND ended_at IS NULL
$mine$"""


def wall(name: str) -> migrations.RunSQL:
    """Beside the policy that opens the row, one that shuts it."""
    table = f"evaluations_{name}"
    shut = "NOT (developer_id = ANY (ARRAY(SELECT concord_conflicts())))"
    return migrations.RunSQL(
        f"CREATE POLICY {table}_conflict ON {table} AS RESTRICTIVE USING ({shut}) WITH CHECK ({shut})",
        f"DROP POLICY {table}_conflict ON {table}",
    )


def to(model: str, help_text: str = "", *, empty: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        blank=empty,
        null=empty,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=model,
        help_text=help_text,
    )


def begun() -> list[tuple[str, models.Field]]:
    return [
        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
        ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("evaluations", "0016_places_on_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                *begun(),
                ("reason", models.TextField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.TextField(blank=True)),
                ("agency", to("accounts.organisation")),
                ("developer", to("accounts.organisation")),
                ("ended_by", to(settings.AUTH_USER_MODEL, empty=True)),
                ("person", to(settings.AUTH_USER_MODEL, "Empty: the whole agency.", empty=True)),
                ("recorded_by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("agency", "developer", "person"),
                        name="conflict_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conflict_ended_by_somebody",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["agency", "-created_at", "-id"], name="conflict_page"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["person"], name="conflict_of_person"),
                ],
            },
        ),
        ProtectTable(CONFLICT, seats("agency_id")),
        Track(CONFLICT, ("reason", "ended_reason"), ("agency_id",)),
        migrations.RunSQL(MINE, "DROP FUNCTION concord_conflicts()"),
        *(wall(name) for name in INSIDE),
    ]
