"""Comments that are kept until they are sent together, threads, and who resolved one.

A kept comment is read by its author alone, by any path. What is for the own organisation, or waits with a sealed answer,
is read there and nowhere else: the policy asks `revealed_at`, which such a comment does not have.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.operations import AmendPolicy, Immutable, any_of
from core.rls import seats

TABLE = "agreements_clausecomment"
MINE = "agreement_id IN (SELECT concord_agreements())"
HERE = seats("organisation_id")
FOR_ALL = "audience = 'all'"
WAS = f"{MINE} AND ({any_of(FOR_ALL, HERE)})"
READ = any_of(
    f"sent_at IS NULL AND author_id = concord_user() AND ({HERE})",
    f"sent_at IS NOT NULL AND ({HERE})",
    "revealed_at IS NOT NULL",
)
THREAD = ("resolved_at", "resolved_by_id", "reopened_at", "reopened_by_id", "revealed_at")
PERSON = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
FILL = "ALTER TABLE agreements_clausecomment ALTER COLUMN {0} TYPE timestamptz USING {1}"
# Nobody speaks in another's name, or for an organisation in which they do not sit.
SPEAKS = (
    "CREATE POLICY agreements_clausecomment_speaks ON agreements_clausecomment AS RESTRICTIVE FOR INSERT"
    f" WITH CHECK (author_id = concord_user() AND ({HERE}))"
)


def instant(help_text: str = "") -> models.DateTimeField:
    return models.DateTimeField(blank=True, null=True, help_text=help_text)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0041_protect_amendments")]

    operations = [
        migrations.AddField("clausecomment", "sent_at", instant("Empty: kept, and read by its author alone.")),
        migrations.AddField(
            "clausecomment", "revealed_at", instant("Empty: read by no other organisation than the author's.")
        ),
        # What there is was sent when it was written. A change of type fills it past policies and triggers.
        migrations.RunSQL(FILL.format("sent_at", "created_at"), migrations.RunSQL.noop),
        migrations.RunSQL(
            FILL.format("revealed_at", "CASE WHEN audience = 'all' THEN created_at END"), migrations.RunSQL.noop
        ),
        migrations.AddField(
            "clausecomment",
            "in_reply_to",
            models.ForeignKey(
                blank=True,
                help_text="The comment that began the thread.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="agreements.clausecomment",
            ),
        ),
        migrations.AddField("clausecomment", "resolved_at", instant()),
        migrations.AddField("clausecomment", "resolved_by", models.ForeignKey(**PERSON)),
        migrations.AddField("clausecomment", "reopened_at", instant()),
        migrations.AddField("clausecomment", "reopened_by", models.ForeignKey(**PERSON)),
        migrations.AddConstraint(
            "clausecomment",
            models.CheckConstraint(
                condition=models.Q(revealed_at__isnull=True) | models.Q(sent_at__isnull=False, audience="all"),
                name="comment_revealed_is_for_all",
            ),
        ),
        migrations.AddConstraint(
            "clausecomment",
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(
                    resolved_at__isnull=False,
                    resolved_by__isnull=False,
                    sent_at__isnull=False,
                    in_reply_to__isnull=True,
                ),
                name="comment_resolved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            "clausecomment",
            models.CheckConstraint(
                condition=models.Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | models.Q(reopened_at__isnull=False, reopened_by__isnull=False, resolved_at__isnull=True),
                name="comment_reopened_by_somebody",
            ),
        ),
        migrations.AddIndex(
            "clausecomment", models.Index(fields=["agreement", "created_at"], name="comment_of_agreement")
        ),
        AmendPolicy(TABLE, f"{MINE} AND ({READ})", WAS),
        migrations.RunSQL(SPEAKS, "DROP POLICY agreements_clausecomment_speaks ON agreements_clausecomment"),
        Immutable(TABLE, when="OLD.sent_at IS NOT NULL", but=THREAD),
    ]
