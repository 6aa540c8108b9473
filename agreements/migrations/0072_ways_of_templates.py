"""A template says in which way the agencies concur with the agreements that start from it."""

from django.db import migrations, models

ORDER = "“parallel” or “sequence”: what its agreements start with."
BLIND = "Whether answers to its agreements stay sealed at first."


class Migration(migrations.Migration):
    dependencies = [("agreements", "0071_presence")]

    operations = [
        migrations.AddField(
            "agreementtemplate",
            "concurrence_order",
            models.CharField(default="parallel", help_text=ORDER, max_length=8),
        ),
        migrations.AddField(
            "agreementtemplate", "concurrence_blind", models.BooleanField(default=False, help_text=BLIND)
        ),
    ]
