"""What was chosen, where a duty is a list (the risk domains that may be tested)."""

import django.contrib.postgres.fields
from django.db import migrations, models

KINDS = [
    ("access_days", "Longest early-access window, days"),
    ("allowed_domains", "Risk domains that may be tested"),
    ("access_level_ceiling", "Deepest access level"),
    ("max_testers", "Most people with access per agency"),
    ("retention_days", "Retention of evaluation data, days"),
    ("destruction_days", "Return or destroy within, days"),
    ("incident_notice_hours", "Incident notice within, hours"),
    ("publication_review_days", "Review before publication, days"),
    ("fact_check_days", "Fact check by the developer, days"),
    ("termination_notice_days", "Notice of termination, days"),
    ("notice_before_release_days", "Notice before release, days"),
    ("confidentiality_years", "Confidentiality, years"),
]


class Migration(migrations.Migration):
    dependencies = [("agreements", "0050_signing_steps")]

    operations = [
        migrations.AddField(
            "obligation",
            "options",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                help_text="What was chosen, where the duty is a list.",
                size=None,
            ),
        ),
        migrations.AlterField("obligation", "kind", models.CharField(choices=KINDS, max_length=40)),
    ]
