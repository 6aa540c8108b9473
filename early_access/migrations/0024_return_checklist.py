"""What was returned or destroyed, part by part; and a certificate of it without weights too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("early_access", "0023_full_field_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="returnitem",
            name="parts",
            field=models.JSONField(default=dict, help_text="The checklist, part → what was done."),
        ),
        migrations.AlterField(
            model_name="destructioncertificate",
            name="destroyed_on",
            field=models.DateField(help_text="Without weights the day of the answer."),
        ),
        migrations.AlterField(
            model_name="destructioncertificate",
            name="manifest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="early_access.weightsmanifest",
            ),
        ),
        migrations.AlterField(
            model_name="destructioncertificate",
            name="method",
            field=models.CharField(
                blank=True,
                choices=[
                    ("cryptographic", "The keys of encrypted storage were destroyed"),
                    ("overwritten", "The storage was overwritten"),
                    ("devices", "The storage devices were destroyed"),
                    ("deleted", "The files were deleted, storage and backups included"),
                ],
                help_text="Of weights.",
                max_length=13,
            ),
        ),
    ]
