"""A key per variant, consent per variant and agency, and what is kept of a revoked key until the endpoint was asked about it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import ProtectTable
from core.rls import seats

PROOF, CONSENT, CREDENTIAL = (
    f"early_access_{name}" for name in ("revocationproof", "variantconsent", "accesscredential")
)
SIDES = seats("developer_id", "agency_id")
SECRET, ADDRESS = ("ciphertext", "wrapped_key"), ("base_url", "model_name")
TRACKED = (
    "CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON early_access_accesscredential"
    " FOR EACH ROW EXECUTE FUNCTION audit_capture('ciphertext,wrapped_key', 'developer_id')"
)
UNTRACK = "DROP TRIGGER audit_capture ON early_access_accesscredential"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("early_access", "0012_section_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RevocationProof",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "variant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("production", "Production safeguards"),
                            ("reduced_safeguard", "Reduced safeguards"),
                            ("helpful_only", "Helpful only"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("base_url", models.CharField(max_length=300)),
                ("model_name", models.CharField(max_length=120)),
                ("ciphertext", models.BinaryField(null=True)),
                ("key_id", models.CharField(max_length=120)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("revoked_because", models.CharField(max_length=40)),
                ("kept_until", models.DateTimeField(help_text="When what is kept is erased, checked or not.")),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("refused", "Refused by the endpoint"),
                            ("still_taken", "Still taken by the endpoint"),
                            ("unreachable", "The endpoint did not answer"),
                            ("not_checked", "Not checked"),
                        ],
                        default="not_checked",
                        max_length=12,
                    ),
                ),
                ("sentence", models.CharField(blank=True, help_text="What the worker saw.", max_length=400)),
            ],
            options={
                "ordering": ("created_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="VariantConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("production", "Production safeguards"),
                            ("reduced_safeguard", "Reduced safeguards"),
                            ("helpful_only", "Helpful only"),
                        ],
                        max_length=20,
                    ),
                ),
                ("consented", models.BooleanField()),
                (
                    "own_key",
                    models.BooleanField(
                        default=False,
                        help_text="Whether the variant has or had a key of its own; else the common one serves it.",
                    ),
                ),
                ("changed_at", models.DateTimeField(blank=True, help_text="Empty: as submitted.", null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="accesscredential",
            name="credential_once",
        ),
        migrations.AddField(
            model_name="accesscredential",
            name="base_url",
            field=models.CharField(
                blank=True, default="", help_text="Empty: as the access specification says.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="accesscredential",
            name="model_name",
            field=models.CharField(
                blank=True, default="", help_text="Empty: as the access specification says.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="accesscredential",
            name="variant",
            field=models.CharField(
                blank=True,
                choices=[
                    ("production", "Production safeguards"),
                    ("reduced_safeguard", "Reduced safeguards"),
                    ("helpful_only", "Helpful only"),
                ],
                default="",
                help_text="Empty: every variant without a key of its own.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="credentialopening",
            name="variant",
            field=models.CharField(
                blank=True,
                choices=[
                    ("production", "Production safeguards"),
                    ("reduced_safeguard", "Reduced safeguards"),
                    ("helpful_only", "Helpful only"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="credentialopening",
            name="version",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="Of the credential, which an agency may not read any more."
            ),
        ),
        migrations.AlterField(
            model_name="accesscredential",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, help_text="1, 2, 3 for this variant."),
        ),
        migrations.AddConstraint(
            model_name="accesscredential",
            constraint=models.UniqueConstraint(fields=("request", "variant", "version"), name="credential_once"),
        ),
        migrations.AddConstraint(
            model_name="accesscredential",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("request", "variant"),
                name="credential_one_live",
            ),
        ),
        migrations.AddField(
            model_name="revocationproof",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="revocationproof",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="revocationproof",
            name="credential",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="early_access.accesscredential"
            ),
        ),
        migrations.AddField(
            model_name="revocationproof",
            name="developer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="revocationproof",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="early_access.earlyaccessrequest"
            ),
        ),
        migrations.AddField(
            model_name="variantconsent",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="variantconsent",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="variantconsent",
            name="developer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AddField(
            model_name="variantconsent",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="variant_consents",
                to="early_access.earlyaccessrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationproof",
            constraint=models.UniqueConstraint(fields=("credential", "agency"), name="revocation_proof_once"),
        ),
        migrations.AddConstraint(
            model_name="revocationproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ciphertext__isnull", True), ("wrapped_key__isnull", True)),
                    models.Q(("ciphertext__isnull", False), ("wrapped_key__isnull", False)),
                    _connector="OR",
                ),
                name="revocation_proof_both_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="revocationproof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refused"), _negated=True), ("ciphertext__isnull", True), _connector="OR"
                ),
                name="revocation_proof_erases",
            ),
        ),
        migrations.AddConstraint(
            model_name="variantconsent",
            constraint=models.UniqueConstraint(fields=("request", "agency", "kind"), name="variant_consent_once"),
        ),
        migrations.AddConstraint(
            model_name="variantconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed_at__isnull", True), ("changed_by__isnull", True)),
                    models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                    _connector="OR",
                ),
                name="variant_consent_changed",
            ),
        ),
        ProtectTable(CONSENT, SIDES),
        Track(CONSENT),
        ProtectTable(PROOF, SIDES),
        Track(PROOF, (*SECRET, *ADDRESS, "sentence")),
        migrations.RunSQL(UNTRACK, TRACKED),  # a key may have an address of its own now: that stays out of the record
        Track(CREDENTIAL, (*SECRET, *ADDRESS), parties=("developer_id",)),
    ]
