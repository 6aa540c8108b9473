"""Each filter of the lists has an index in every branch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("developers", "0002_protect"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="modelaudience",
            index=models.Index(
                fields=["organisation", "developer", "-created_at", "-target"], name="model_audience_dev"
            ),
        ),
    ]
