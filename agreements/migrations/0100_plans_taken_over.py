"""From which agreement an amendment's plan of components was taken over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0099_marking"),
    ]

    operations = [
        migrations.AddField(
            model_name="concurrenceplan",
            name="taken_over_from",
            field=models.ForeignKey(
                blank=True,
                help_text="Of an amendment: the agreement for which the agency set this plan. Empty once it is set here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agreements.testingagreement",
            ),
        ),
    ]
