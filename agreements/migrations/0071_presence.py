"""Who has a draft open. Not under audit: a page renews the row every twenty seconds, nothing follows from it, and it is
gone a day later; what a person saves is in the record as before."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.operations import ProtectTable
from core.rls import seats

HERE = seats("organisation_id")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0070_reviews")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("clause_id", models.SlugField(blank=True, help_text="Empty: the draft.", max_length=60)),
                ("seen_at", models.DateTimeField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.testingagreement"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "presences",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "organisation", "person", "clause_id"), name="presence_once"
                    )
                ],
            },
        ),
        ProtectTable(
            "agreements_presence",
            HERE,
            f"person_id = concord_user() AND ({HERE}) AND agreement_id IN (SELECT concord_party_agreements())",
        ),
    ]
