"""Drafts of the routing rules, of the agency that writes them; published versions, frozen and read by every agency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.operations import AmendPolicy, GuardStatus, Immutable
from core.rls import seats

RULE_SET, RULE = "evaluations_routingruleset", "evaluations_routingrule"
AGENCIES = "(SELECT concord_at_agency())"
# A draft without an agency exists only while reference data is loaded.
READERS = f"{AGENCIES} AND (status = 'published' OR router_id IS NULL OR {seats('router_id')})"
OF_SET = "EXISTS (SELECT 1 FROM evaluations_routingruleset parent WHERE parent.id = rule_set_id)"
OF_DRAFT = OF_SET.removesuffix(")") + " AND parent.status = 'draft')"


def to(model: str, help_text: str = "") -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=model,
        help_text=help_text,
    )


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0013_routing_board"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(
            "routingruleset",
            "number",
            models.PositiveIntegerField(blank=True, help_text="Given when it is published.", null=True, unique=True),
        ),
        migrations.AddField("routingruleset", "status", models.CharField(default="published", max_length=24)),
        migrations.AlterField("routingruleset", "status", models.CharField(default="draft", max_length=24)),
        migrations.AddField(
            "routingruleset", "router", to("accounts.organisation", "Whose requests it routes; empty: everybody's.")
        ),
        migrations.AddField("routingruleset", "row_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("routingruleset", "edited_by", to(settings.AUTH_USER_MODEL)),
        migrations.AddField("routingruleset", "edited_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("routingruleset", "published_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("routingruleset", "published_by", to(settings.AUTH_USER_MODEL)),
        migrations.RunSQL(
            [
                f"CREATE POLICY {RULE_SET}_mover ON {RULE_SET} TO CURRENT_USER USING (true) WITH CHECK (true)",
                "UPDATE evaluations_routingruleset SET published_at = created_at",
                f"DROP POLICY {RULE_SET}_mover ON {RULE_SET}",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "routingruleset",
            models.UniqueConstraint(
                condition=models.Q(("status", "draft")), fields=("router",), name="rules_one_draft"
            ),
        ),
        migrations.AddConstraint(
            "routingruleset",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", False), ("published_at__isnull", False), ("status", "published")),
                    models.Q(
                        models.Q(("status", "published"), _negated=True),
                        ("number", None),
                        ("published_at", None),
                        ("published_by", None),
                    ),
                    _connector="OR",
                ),
                name="rules_published_whole",
            ),
        ),
        migrations.AddConstraint(
            "routingruleset",
            models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None),
                    models.Q(("published_by", models.F("edited_by")), _negated=True),
                    _connector="OR",
                ),
                name="rules_published_by_a_second",
            ),
        ),
        migrations.AddConstraint(
            "routingrule",
            models.UniqueConstraint(fields=("rule_set", "domain", "agency"), name="rule_once"),
        ),
        AmendPolicy(RULE_SET, READERS, AGENCIES),
        migrations.RunSQL(
            f"ALTER POLICY {RULE}_seat ON {RULE} USING ({OF_SET}) WITH CHECK ({OF_DRAFT})",
            f"ALTER POLICY {RULE}_seat ON {RULE} USING ({AGENCIES}) WITH CHECK ({AGENCIES})",
        ),
        GuardStatus("evaluations.workflow.RULE_SET", RULE_SET),
        Immutable(RULE_SET, "OLD.status <> 'draft'"),
        Immutable(RULE, f"NOT {OF_DRAFT.replace('rule_set_id', 'OLD.rule_set_id')}"),
    ]
