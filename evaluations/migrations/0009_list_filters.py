"""Each filter of the lists has an index in every branch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_guests_and_factors"),
        ("early_access", "0006_list_filters"),
        ("evaluations", "0008_protect_reports"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="routingattempt",
            name="attempt_open",
        ),
        migrations.AddIndex(
            model_name="evaluationassignment",
            index=models.Index(fields=["-created_at", "-id"], name="assignment_newest"),
        ),
        migrations.AddIndex(
            model_name="evaluationassignment",
            index=models.Index(fields=["developer", "agency", "-created_at", "-id"], name="assignment_dev_agency"),
        ),
        migrations.AddIndex(
            model_name="routingattempt",
            index=models.Index(
                condition=models.Q(("placed", 0), ("resolved_at", None)),
                fields=["router", "-created_at", "-id"],
                name="attempt_open",
            ),
        ),
    ]
