"""The router's board: each decision carries the state and the clock of its assignment, copied by a trigger.

Routing officers do not see other agencies' assignments, and need not: what a decision shows is the state, since when, and
by when the next move is expected. What an agency writes when it declines moves here from the assignment, which the
developer reads.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.operations import watching

DECISION, ASSIGNMENT = "evaluations_routingdecision", "evaluations_evaluationassignment"
KEPT = "placed, rule_number, sentence, superseded_at, chosen_by_id, reason, ended_reason"  # what audit watches
COPY = """
CREATE FUNCTION copy_evaluations_evaluationassignment_to_board() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $copy$
BEGIN
    UPDATE evaluations_routingdecision SET status = NEW.status,
           since = CASE WHEN NEW.status = OLD.status THEN since ELSE clock_timestamp() END,
           due_at = CASE NEW.status WHEN 'proposed' THEN NEW.answer_due_at WHEN 'analysis' THEN NEW.report_due_at
                                    WHEN 'developer_fact_check' THEN NEW.fact_check_due_at END
     WHERE attempt_id = NEW.attempt_id AND agency_id = NEW.agency_id;
    RETURN NULL;
END $copy$"""
CHANGED = " OR ".join(
    f"OLD.{column} IS DISTINCT FROM NEW.{column}"
    for column in ("status", "answer_due_at", "report_due_at", "fact_check_due_at")
)
# Decisions of before: the newest about a request and an agency stands, unless an older one made an assignment.
FILL = [
    f"CREATE POLICY {ASSIGNMENT}_mover ON {ASSIGNMENT} TO CURRENT_USER USING (true) WITH CHECK (true)",
    "CREATE POLICY evaluations_routingattempt_mover ON evaluations_routingattempt FOR SELECT TO CURRENT_USER USING (true)",
    """UPDATE evaluations_routingdecision d SET status = a.status, since = a.created_at,
              due_at = CASE a.status WHEN 'proposed' THEN a.answer_due_at WHEN 'analysis' THEN a.report_due_at
                                     WHEN 'developer_fact_check' THEN a.fact_check_due_at END,
              ended_reason = CASE WHEN a.status = 'declined' THEN a.ended_reason ELSE '' END
         FROM evaluations_evaluationassignment a
        WHERE a.attempt_id = d.attempt_id AND a.agency_id = d.agency_id AND d.placed""",
    "UPDATE evaluations_routingdecision SET since = created_at WHERE status = 'left_out'",
    """UPDATE evaluations_routingdecision d SET superseded_at = now() FROM evaluations_routingattempt t
        WHERE t.id = d.attempt_id
          AND EXISTS (SELECT 1 FROM evaluations_routingdecision o JOIN evaluations_routingattempt n ON n.id = o.attempt_id
                       WHERE n.request_id = t.request_id AND o.agency_id = d.agency_id AND o.id <> d.id
                         AND (o.placed OR NOT d.placed) AND (n.number > t.number OR o.placed AND NOT d.placed))""",
    """UPDATE evaluations_evaluationassignment SET ended_reason = ''
        WHERE status = 'declined' AND ended_reason <> 'Nobody of the agency answered by the due date.'""",
    f"DROP POLICY {ASSIGNMENT}_mover ON {ASSIGNMENT}",
    "DROP POLICY evaluations_routingattempt_mover ON evaluations_routingattempt",
]


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_capture"),
        ("evaluations", "0012_incidents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "routingdecision",
            "status",
            models.CharField(default="left_out", help_text="The assignment's, copied by the database.", max_length=24),
        ),
        migrations.AddField(
            "routingdecision",
            "since",
            models.DateTimeField(default=django.utils.timezone.now, help_text="Since when it is in this state."),
        ),
        migrations.AddField(
            "routingdecision",
            "due_at",
            models.DateTimeField(blank=True, help_text="By when its next move is expected, copied too.", null=True),
        ),
        migrations.AddField(
            "routingdecision",
            "superseded_at",
            models.DateTimeField(blank=True, help_text="When a newer decision took its place.", null=True),
        ),
        migrations.AddField(
            "routingdecision",
            "chosen_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "routingdecision",
            "reason",
            models.TextField(blank=True, default="", help_text="Why a routing officer chose the agency."),
            preserve_default=False,
        ),
        migrations.AddField(
            "routingdecision",
            "ended_reason",
            models.TextField(blank=True, default="", help_text="Why the agency declined, or why it was taken back."),
            preserve_default=False,
        ),
        migrations.RunSQL(
            f"CREATE POLICY {DECISION}_copier ON {DECISION} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"DROP POLICY {DECISION}_copier ON {DECISION}",
        ),
        migrations.RunSQL(watching(DECISION, KEPT), watching(DECISION, "")),
        migrations.RemoveIndex("routingdecision", "decision_router"),
        migrations.AddIndex(
            "routingdecision",
            models.Index(
                condition=models.Q(("superseded_at", None)),
                fields=["router", "-created_at", "-id"],
                name="decision_board",
            ),
        ),
        migrations.AddIndex(
            "routingdecision",
            models.Index(fields=["router", "status", "-created_at", "-id"], name="decision_router_status"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(
            [
                COPY,
                f"CREATE TRIGGER copy_to_board AFTER UPDATE OF status, answer_due_at, report_due_at, fact_check_due_at"
                f" ON {ASSIGNMENT} FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION copy_{ASSIGNMENT}_to_board()",
            ],
            [f"DROP TRIGGER copy_to_board ON {ASSIGNMENT}", f"DROP FUNCTION copy_{ASSIGNMENT}_to_board()"],
        ),
    ]
