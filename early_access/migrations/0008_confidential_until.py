"""How long the agreement keeps what was given confidential, written down when access ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("early_access", "0007_access_holds")]

    operations = [
        migrations.AddField(
            "returnitem",
            "confidential_until",
            models.DateField(help_text="How long the agreement keeps what was given confidential.", null=True),
        ),
    ]
