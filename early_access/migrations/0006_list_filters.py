"""Each filter of the lists has an index in every branch; the audience carries a copy of the state."""

from django.db import migrations, models

from core.operations import CopyToAudience


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("early_access", "0005_close_at_rest"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestaudience",
            name="status",
            field=models.CharField(db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddIndex(
            model_name="earlyaccessrequest",
            index=models.Index(fields=["-created_at", "-id"], name="request_newest"),
        ),
        migrations.AddIndex(
            model_name="requestaudience",
            index=models.Index(
                fields=["organisation", "status", "-created_at", "-target"], name="request_audience_status"
            ),
        ),
        migrations.AddIndex(
            model_name="requestaudience",
            index=models.Index(
                fields=["organisation", "developer", "-created_at", "-target"], name="request_audience_dev"
            ),
        ),
        CopyToAudience(
            "early_access_earlyaccessrequest",
            "early_access_requestaudience",
            "status",
            ("id", "created_at", "developer_id", "organisation_id", "target_id"),
        ),
    ]
