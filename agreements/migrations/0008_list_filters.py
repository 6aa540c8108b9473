"""Each filter of the lists has an index in every branch; the audience carries a copy of the state."""

from django.db import migrations, models

from core.operations import CopyToAudience


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("agreements", "0007_completion_certificates"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementparty",
            name="status",
            field=models.CharField(db_default="", default="", editable=False, max_length=24),
        ),
        migrations.AddIndex(
            model_name="agreementparty",
            index=models.Index(
                fields=["organisation", "status", "-created_at", "-target"], name="agreement_party_status"
            ),
        ),
        migrations.AddIndex(
            model_name="agreementparty",
            index=models.Index(
                fields=["organisation", "developer", "-created_at", "-target"], name="agreement_party_dev"
            ),
        ),
        CopyToAudience(
            "agreements_testingagreement",
            "agreements_agreementparty",
            "status",
            ("id", "created_at", "developer_id", "organisation_id", "target_id", "role", "position"),
        ),
    ]
