"""An agency can leave while the others go on; an agreement can replace another."""

import django.db.models.deletion
from django.db import migrations, models

from core.operations import WatchColumns

WATCHED = ("id", "created_at", "developer_id", "organisation_id", "target_id", "role", "position")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0072_ways_of_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementparty",
            name="leaves_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agreementparty",
            name="leaving_since",
            field=models.DateTimeField(blank=True, help_text="When it gave notice that it leaves.", null=True),
        ),
        migrations.AddField(
            model_name="agreementparty",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="testingagreement",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                help_text="The agreement that ends when this one comes into force.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="agreements.testingagreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leaves_on__isnull", True), ("leaving_since__isnull", True), ("left_at__isnull", True)),
                    models.Q(("leaves_on__isnull", False), ("leaving_since__isnull", False), ("role", "agency")),
                    _connector="OR",
                ),
                name="party_leaves_after_notice",
            ),
        ),
        WatchColumns("agreements_agreementparty", (*WATCHED, "leaving_since", "leaves_on", "left_at"), WATCHED),
    ]
