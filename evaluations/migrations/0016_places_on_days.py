"""Places on days: an assignment knows the days of its window, kept by the database; requests wait for their turn; what is too
much is an item for the router; agencies are kept out for a while, by a routing officer or by a rule."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agencies.domains import RiskDomain
from audit.operations import Track
from core.operations import ProtectTable, watching
from core.rls import seats

ASSIGNMENT, TURN = "evaluations_evaluationassignment", "evaluations_placeturn"
OVERLOAD, EXCLUSION = "evaluations_placeoverload", "evaluations_routingexclusion"
WINDOW = "early_access_accesswindow"
DECISION = "evaluations_routingdecision"
KEPT = "placed, rule_number, sentence, superseded_at, chosen_by_id, reason, ended_reason"  # as in 0013
WATCHED = (  # of an assignment; the days are the window's, whose own change is recorded
    "reference, request_id, developer_id, agency_id, status, domains, access_level, attempt_id, received_at, answer_due_at,"
    " fact_check_days, max_testers, publication_review_days, incident_notice_hours, fact_check_due_at, report_due_at,"
    " ended_reason, access_revoked_at"
)
COPY = """
CREATE FUNCTION copy_early_access_accesswindow_to_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $copy$
BEGIN
    UPDATE evaluations_evaluationassignment SET tests_from = NEW.starts_on, tests_until = NEW.ends_on
     WHERE request_id = NEW.request_id;
    UPDATE evaluations_placeturn SET tests_from = NEW.starts_on, tests_until = NEW.ends_on
     WHERE request_id = NEW.request_id AND ended_at IS NULL;
    RETURN NULL;
END $copy$"""
FILL = [
    f"CREATE POLICY {WINDOW}_mover ON {WINDOW} FOR SELECT TO CURRENT_USER USING (true)",
    """UPDATE evaluations_evaluationassignment a SET tests_from = w.starts_on, tests_until = w.ends_on
         FROM early_access_accesswindow w WHERE w.request_id = a.request_id""",
    f"DROP POLICY {WINDOW}_mover ON {WINDOW}",
]


def copier(table: str) -> migrations.RunSQL:
    """The copying function runs as the owner of the tables."""
    return migrations.RunSQL(
        f"CREATE POLICY {table}_copier ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        f"DROP POLICY {table}_copier ON {table}",
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
        ("agencies", "0002_capacity_periods"),
        ("early_access", "0012_section_tasks"),
        ("evaluations", "0015_run_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "evaluationassignment",
            "tests_from",
            models.DateField(blank=True, help_text="First day of the window, copied by the database.", null=True),
        ),
        migrations.AddField(
            "evaluationassignment",
            "tests_until",
            models.DateField(blank=True, help_text="Last day of the window, copied too.", null=True),
        ),
        migrations.RemoveConstraint("routingrule", "rule_once"),
        migrations.AddField(
            "routingrule",
            "developer",
            to("accounts.organisation", "Of an exclusion: whose tests; empty: everybody's.", empty=True),
        ),
        migrations.AddField("routingrule", "excludes", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "routingrule",
            "until",
            models.DateField(
                blank=True, help_text="Of an exclusion: the last first day of a test it is about.", null=True
            ),
        ),
        migrations.AddConstraint(
            "routingrule",
            models.UniqueConstraint(
                fields=("rule_set", "domain", "agency", "excludes", "developer"),
                name="rule_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            "routingrule",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("excludes", True), ("until__isnull", False)),
                    models.Q(("developer", None), ("excludes", False), ("until", None)),
                    _connector="OR",
                ),
                name="rule_excludes_until",
            ),
        ),
        migrations.RunSQL(watching(DECISION, ""), watching(DECISION, KEPT)),  # a watched column keeps its type
        migrations.AlterField("routingdecision", "sentence", models.CharField(max_length=900)),
        migrations.RunSQL(watching(DECISION, KEPT), watching(DECISION, "")),
        migrations.CreateModel(
            name="PlaceTurn",
            fields=[
                *begun(),
                (
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=RiskDomain.choices, max_length=40), size=None
                    ),
                ),
                ("tests_from", models.DateField(help_text="First day of the window, copied by the database.")),
                ("tests_until", models.DateField(help_text="Last day of the window, copied too.")),
                (
                    "asked_at",
                    models.DateTimeField(
                        help_text="When the request was made: who asked first comes first among equals."
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("agency", to("accounts.organisation")),
                ("developer", to("accounts.organisation")),
                ("request", to("early_access.earlyaccessrequest")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("request", "agency"), name="place_turn_once"
                    )
                ],
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["agency"], name="place_turn_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceOverload",
            fields=[
                *begun(),
                ("domain", models.CharField(choices=RiskDomain.choices, max_length=40)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("places", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("agency", to("accounts.organisation")),
                ("router", to("accounts.organisation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("agency", "domain", "router"),
                        name="place_overload_once",
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["router"], name="place_overload_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingExclusion",
            fields=[
                *begun(),
                ("until", models.DateField(help_text="The last first day of a test that it is about.")),
                ("reason", models.TextField(help_text="Why; for the router's own officers.")),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("agency", to("accounts.organisation")),
                ("developer", to("accounts.organisation")),
                ("lifted_by", to(settings.AUTH_USER_MODEL, empty=True)),
                ("made_by", to(settings.AUTH_USER_MODEL)),
                (
                    "request",
                    to("early_access.earlyaccessrequest", "Empty: all requests of the developer.", empty=True),
                ),
                ("router", to("accounts.organisation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("router", "agency", "developer", "request"),
                        name="routing_exclusion_once",
                        nulls_distinct=False,
                    )
                ],
                "indexes": [models.Index(fields=["router", "-created_at", "-id"], name="routing_exclusion_page")],
            },
        ),
        ProtectTable(TURN, seats("developer_id", "agency_id")),
        ProtectTable(OVERLOAD, seats("router_id", "agency_id")),
        ProtectTable(EXCLUSION, seats("router_id")),
        Track(TURN, (), ("developer_id", "agency_id")),
        Track(OVERLOAD, (), ("router_id", "agency_id")),
        Track(EXCLUSION, ("reason",), ("router_id",)),
        migrations.RunSQL(watching(ASSIGNMENT, WATCHED), watching(ASSIGNMENT, "")),
        copier(ASSIGNMENT),
        copier(TURN),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                COPY,
                f"CREATE TRIGGER copy_to_places AFTER UPDATE OF starts_on, ends_on ON {WINDOW} FOR EACH ROW"
                f" WHEN (OLD.starts_on IS DISTINCT FROM NEW.starts_on OR OLD.ends_on IS DISTINCT FROM NEW.ends_on)"
                f" EXECUTE FUNCTION copy_{WINDOW}_to_places()",
            ],
            [f"DROP TRIGGER copy_to_places ON {WINDOW}", f"DROP FUNCTION copy_{WINDOW}_to_places()"],
        ),
    ]
