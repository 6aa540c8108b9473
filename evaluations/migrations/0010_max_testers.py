"""The personnel limit of the agreement, kept on the assignment at routing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0009_list_filters")]

    operations = [
        migrations.AddField(
            "evaluationassignment",
            "max_testers",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="Most people of the agency with access, by the agreement; empty: silent.",
                null=True,
            ),
        ),
    ]
