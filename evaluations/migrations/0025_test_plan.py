"""Rules of engagement hold the test plan. Rules that were agreed before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0024_software_reports")]

    operations = [
        migrations.AddField(
            model_name="rulesofengagement",
            name="plan",
            field=models.TextField(
                default="", help_text="What is run and how much of it; empty: agreed before plans were asked for."
            ),
            preserve_default=False,
        ),
    ]
