"""Certificates of one's own, and the turns in which a file is signed outside Concord: one at a time."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats

SIGNATORY = "agreements_signatory"
BEFORE = Immutable(SIGNATORY, but=("declined_at", "voided_at", "voided_by_id", "voided_reason"))
AFTER = Immutable(SIGNATORY, but=("declined_at", "voided_at", "voided_by_id", "voided_reason", "tier"))
MINE = "agreement_id IN (SELECT concord_agreements())"
PARTY = "agreement_id IN (SELECT concord_party_agreements())"
AGENCY = "EXISTS (SELECT 1 FROM accounts_organisation o WHERE o.id = organisation_id AND o.kind = 'agency')"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0091_what_who_left_reads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="signatory",
            name="tier",
            field=models.CharField(
                choices=[
                    ("held", "With a key that Concord keeps for this person and opens after verified authentication."),
                    ("own", "With this person's own certificate, such as a card's, outside Concord."),
                ],
                default="held",
                max_length=4,
            ),
        ),
        migrations.CreateModel(
            name="OwnCertificate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("certificate", models.TextField(help_text="PEM")),
                ("sha256", models.CharField(help_text="Of the certificate's DER.", max_length=64)),
                ("subject", models.CharField(max_length=500)),
                ("issuer", models.CharField(max_length=500)),
                ("key_use", models.CharField(help_text="What the certificate says its key is for.", max_length=300)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_certificates",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("person", "organisation"),
                        name="one_live_own_certificate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                            models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="own_certificate_retired_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningTurn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("taken_at", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("signed", "Signed"),
                            ("given_up", "Given back"),
                            ("lapsed", "Lapsed"),
                            ("closed", "Closed with the file, or with the signatory"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_turns",
                        to="agreements.testingagreement",
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.issuedfile"
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="agreements.signatory"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("agreement",),
                        name="one_turn_with_the_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lapses_at__gt", models.F("taken_at"))), name="turn_lapses_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="turn_ended_somehow",
                    ),
                ],
            },
        ),
        # Read by the same people as the delegations: a drafter of the developer's opens for an agency's signatory.
        ProtectTable(
            "agreements_owncertificate",
            any_of(seats("organisation_id"), AGENCY, "(SELECT concord_at_agency())"),
            seats("organisation_id"),
        ),
        Immutable("agreements_owncertificate", but=("retired_at", "retired_by_id")),
        Track("agreements_owncertificate", ("certificate",), ("organisation_id",)),
        ProtectTable("agreements_signingturn", MINE, PARTY),
        Immutable("agreements_signingturn", but=("ended_at", "ending")),
        Track("agreements_signingturn", (), ("developer_id",)),
        # How somebody signs may change until they have signed.
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        AFTER,
    ]
