"""How the text of a version is handled: what stands at the head of every page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0098_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="marking",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "None"),
                    ("CUI", "CUI: controlled unclassified information"),
                    ("CUI//PROPIN", "CUI//PROPIN: with proprietary business information"),
                ],
                default="",
                max_length=20,
            ),
        ),
    ]
