import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from core.operations import Immutable

TABLE = "agreements_signatory"
BEFORE = Immutable(TABLE, but=("declined_at", "voided_at"))
AFTER = Immutable(TABLE, but=("declined_at", "voided_at", "voided_by_id", "voided_reason"))


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0060_obligation_options"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signatory",
            name="voided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signatory",
            name="voided_reason",
            field=models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="signatory",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="agreements.signatory",
            ),
        ),
        migrations.RemoveConstraint(model_name="signatory", name="signatory_field_once"),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=Q(("voided_at__isnull", True)),
                fields=("sealed", "field_name"),
                name="one_signatory_of_a_field",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=Q(voided_by__isnull=True, voided_reason="")
                | (Q(voided_by__isnull=False, voided_at__isnull=False) & ~Q(voided_reason="")),
                name="signatory_replaced_with_reason",
            ),
        ),
        # Who named somebody else, and why, is written to the old row; nothing else of it changes.
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        AFTER,
    ]
