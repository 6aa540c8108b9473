"""Ways of concurring: in order or at once, sealed until all are in, and silence that counts under a clause.

A sealed answer is read by its agency alone, also in the record of changes; the others read it once all are in.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models.functions import Now

from audit.operations import Track
from core.operations import ProtectTable, any_of
from core.rls import seats

MINE = "agreement_id IN (SELECT concord_agreements())"
READ = any_of(seats("agency_id"), f"revealed_at IS NOT NULL AND {MINE}")
ALTER = "ALTER POLICY agreements_concurrence_seat ON agreements_concurrence USING ({0}) WITH CHECK ({1})"
ORGANISATION = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "accounts.organisation"}
KINDS = [
    ("access_days", "Longest early-access window, days"),
    ("allowed_domains", "Risk domains that may be tested"),
    ("access_level_ceiling", "Deepest access level"),
    ("max_testers", "Most people with access per agency"),
    ("retention_days", "Retention of evaluation data, days"),
    ("destruction_days", "Return or destroy within, days"),
    ("incident_notice_hours", "Incident notice within, hours"),
    ("publication_review_days", "Review before publication, days"),
    ("fact_check_days", "Fact check by the developer, days"),
    ("tacit_concurrence_days", "Silence counts as concurrence after, days"),
    ("termination_notice_days", "Notice of termination, days"),
    ("notice_before_release_days", "Notice before release, days"),
    ("confidentiality_years", "Confidentiality, years"),
]
OPENED = "Until then only the agency itself reads it: answers are sealed until all are in."
WATCHED = ("developer_id,agency_id", "agency_id")
WATCH = """
DROP TRIGGER audit_capture ON agreements_concurrence;
CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON agreements_concurrence
FOR EACH ROW EXECUTE FUNCTION audit_capture('', '{0}')"""


def asks(name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asks", to=f"agreements.{name}")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0051_reassigned_signatories"), ("audit", "0002_capture")]

    operations = [
        migrations.AddField(
            "testingagreement",
            "concurrence_order",
            models.CharField(default="parallel", help_text="“parallel” or “sequence”.", max_length=8),
        ),
        migrations.AddField(
            "testingagreement",
            "concurrence_blind",
            models.BooleanField(default=False, help_text="Answers stay sealed until all are in."),
        ),
        migrations.AddField(
            "concurrence",
            "rule",
            models.CharField(
                blank=True, help_text="Where the clock spoke: the clause that lets silence count.", max_length=200
            ),
        ),
        # The answers that there are were open from the beginning: the column's default fills them.
        migrations.AddField(
            "concurrence",
            "revealed_at",
            models.DateTimeField(blank=True, db_default=Now(), help_text=OPENED, null=True),
        ),
        migrations.AlterField(
            "concurrence", "revealed_at", models.DateTimeField(blank=True, help_text=OPENED, null=True)
        ),
        migrations.AlterField(
            "concurrence",
            "basis",
            models.CharField(default="person", help_text="“person”, “clock” or “carried”.", max_length=8),
        ),
        migrations.AlterField(
            "concurrence",
            "decided_by",
            models.ForeignKey(
                blank=True,
                help_text="Empty: lapse of time.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.user",
            ),
        ),
        migrations.AddConstraint(
            "concurrence",
            models.CheckConstraint(
                condition=models.Q(basis="carried")
                | (models.Q(basis="clock", decided_by__isnull=True, verdict="concur") & ~models.Q(rule=""))
                | models.Q(basis="person", decided_by__isnull=False),
                name="concurrence_by_somebody_or_a_rule",
            ),
        ),
        migrations.CreateModel(
            name="ConcurrenceAsk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "lapses_on",
                    models.DateField(
                        blank=True, help_text="The last day; afterwards silence counts. Empty: never.", null=True
                    ),
                ),
                ("agency", models.ForeignKey(**ORGANISATION)),
                ("agreement", asks("testingagreement")),
                ("developer", models.ForeignKey(**ORGANISATION)),
                ("version", asks("agreementversion")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agency", "version"), name="concurrence_asked_once")],
            },
        ),
        migrations.AlterField("obligation", "kind", models.CharField(choices=KINDS, max_length=40)),
        migrations.RunSQL(ALTER.format(READ, MINE), ALTER.format(MINE, MINE)),
        migrations.RunSQL(WATCH.format(WATCHED[1]), WATCH.format(WATCHED[0])),
        ProtectTable("agreements_concurrenceask", seats("agency_id")),
        Track("agreements_concurrenceask", (), ("agency_id",)),
    ]
