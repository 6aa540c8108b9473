"""A comment on a finding can name the report under which a flaw in the world's software is handled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0023_incident_notes")]

    operations = [
        migrations.AddField(
            model_name="findingentry",
            name="software_report",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where a flaw in the world's software is handled: the reference of that report.",
                max_length=60,
            ),
            preserve_default=False,
        ),
    ]
