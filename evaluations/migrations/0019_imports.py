"""Runs read from other files than logs: where their figures come from, attempts at ranges, what a scanner found."""

from django.db import migrations, models

from audit.operations import Track

RUN = "evaluations_evaluationrun"
OF_AGENCY = ("agency_id",)
BEFORE = Track(RUN, ("items", "warnings"), OF_AGENCY)
NOW = Track(RUN, ("items", "warnings", "provenance", "ranges", "alerts"), OF_AGENCY)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0017_conflicts_of_interest")]

    operations = [
        migrations.AddField(
            model_name="evaluationrun",
            name="alerts",
            field=models.JSONField(default=list, help_text="What a scanner found, counted by rule and level."),
        ),
        migrations.AddField(
            model_name="evaluationrun",
            name="provenance",
            field=models.JSONField(default=dict, help_text="What the file says of where its figures come from."),
        ),
        migrations.AddField(
            model_name="evaluationrun",
            name="ranges",
            field=models.JSONField(default=list, help_text="Per attempt at a range: steps reached of how many."),
        ),
        migrations.AddField(
            model_name="runlog",
            name="kind",
            field=models.CharField(blank=True, help_text="Which kind of file it is, once it was read.", max_length=20),
        ),
        migrations.RunSQL(f"{BEFORE.reverse_sql}; {NOW.sql}", f"{NOW.reverse_sql}; {BEFORE.sql}"),
    ]
