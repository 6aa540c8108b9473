"""Keys in a signing device: where the key of a certificate lies, and what a device is asked for one signature."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable
from core.rls import seats


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("agreements", "0092_own_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="owncertificate",
            name="key_at",
            field=models.CharField(
                choices=[
                    ("card", "On a card or in a program of mine: I take the file, sign it, and bring it back"),
                    ("device", "In the signing device of this installation: Concord asks it for each signature"),
                ],
                default="card",
                help_text="Where its key lies.",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="signatory",
            name="tier",
            field=models.CharField(
                choices=[
                    ("held", "With a key that Concord keeps for this person and opens after verified authentication."),
                    ("own", "With this person's own certificate, such as a card's, outside Concord."),
                    (
                        "device",
                        "With this person's own key in a signing device or service, which Concord asked to sign.",
                    ),
                ],
                default="held",
                max_length=6,
            ),
        ),
        migrations.AlterField(
            model_name="signingturn",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("signed", "Signed"),
                    ("given_up", "Given back"),
                    ("lapsed", "Lapsed"),
                    ("failed", "The signing device made no signature"),
                    ("closed", "Closed with the file, or with the signatory"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="RemoteSigning",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("added", models.BinaryField(help_text="What the prepared file has behind the file as it was.")),
                (
                    "start",
                    models.PositiveIntegerField(
                        help_text="The empty place of the signature in the prepared file begins here."
                    ),
                ),
                ("end", models.PositiveIntegerField()),
                (
                    "attributes",
                    models.BinaryField(help_text="The signed attributes (DER), whose SHA-256 the device signs."),
                ),
                ("prepared_at", models.DateTimeField()),
                ("typed_name", models.CharField(max_length=150)),
                (
                    "stepped_up_at",
                    models.DateTimeField(help_text="When the person had confirmed who they are before they asked."),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("signature", models.BinaryField(blank=True, null=True)),
                (
                    "failure",
                    models.CharField(blank=True, help_text="Why there is no signature, in a sentence.", max_length=300),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.owncertificate"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "turn",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remote", to="agreements.signingturn"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("failure", ""), ("signature__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("failure", ""), ("signature__isnull", False)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("signature__isnull", True),
                                models.Q(("failure", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="device_answered_or_failed",
                    )
                ],
            },
        ),
        # Of the organisation whose person signs; the others read of it in the turn.
        ProtectTable("agreements_remotesigning", seats("organisation_id")),
        Immutable("agreements_remotesigning", but=("answered_at", "signature", "failure")),
        Track("agreements_remotesigning", ("added", "attributes", "signature"), ("organisation_id",)),
    ]
