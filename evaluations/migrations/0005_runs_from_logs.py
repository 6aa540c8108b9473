"""A log names the variant that was tested; a run read from a log may begin as stopped."""

from django.db import migrations, models

from core.operations import GuardStatus


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0004_protect_runs_and_findings")]

    operations = [
        migrations.AddField(
            model_name="runlog",
            name="variant",
            field=models.CharField(blank=True, help_text="Which offered variant was tested.", max_length=30),
        ),
        GuardStatus("evaluations.workflow.RUN", "evaluations_evaluationrun"),
    ]
