"""The weights route: signer, signed manifest, receipts of agencies and certificates of destruction. None of them changes."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.operations import Track
from core.operations import Immutable, ProtectTable, any_of
from core.rls import seats, through

OWN, SIDES = seats("developer_id"), seats("developer_id", "agency_id")
THROUGH = any_of(OWN, through("early_access_earlyaccessrequest", "request_id"))
SIGNER, MANIFEST, RECEIPT, CERTIFICATE = (
    f"early_access_{name}" for name in ("weightssigner", "weightsmanifest", "weightsreceipt", "destructioncertificate")
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_seats_of_a_person"),
        ("audit", "0002_capture"),
        ("early_access", "0014_fill"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WeightsManifest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request.")),
                ("location", models.CharField(help_text="A pointer that opens nothing by itself.", max_length=500)),
                ("custodian", models.CharField(blank=True, help_text="Who hands the weights over.", max_length=200)),
                (
                    "total_bytes",
                    models.BigIntegerField(blank=True, help_text="As declared: a manifest has no sizes.", null=True),
                ),
                ("file_count", models.PositiveIntegerField()),
                ("root_sha256", models.CharField(max_length=64)),
                ("sha256", models.CharField(help_text="Of the bundle.", max_length=64)),
                (
                    "sums_sha256",
                    models.CharField(help_text="Of the same files as sha256sum takes them.", max_length=64),
                ),
                (
                    "pickled",
                    models.JSONField(default=list, help_text="Names of files that may run code when they are loaded."),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weights_manifests",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("version",),
            },
        ),
        migrations.CreateModel(
            name="DestructionCertificate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("destroyed_on", models.DateField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cryptographic", "The keys of encrypted storage were destroyed"),
                            ("overwritten", "The storage was overwritten"),
                            ("devices", "The storage devices were destroyed"),
                            ("deleted", "The files were deleted, storage and backups included"),
                        ],
                        max_length=13,
                    ),
                ),
                ("text", models.TextField(help_text="The certificate, JSON, as both sides download it.")),
                ("sha256", models.CharField(help_text="Of the text in UTF-8.", max_length=64)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "certified_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="early_access.returnitem",
                    ),
                ),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="early_access.weightsmanifest",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WeightsSigner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(choices=[("key", "Public key"), ("certificate", "Certificate")], max_length=11),
                ),
                ("pem", models.TextField()),
                ("fingerprint", models.CharField(help_text="SHA-256 of the DER, in hex.", max_length=64)),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weights_signers",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("created_at", "id"),
            },
        ),
        migrations.AddField(
            model_name="weightsmanifest",
            name="signer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="early_access.weightssigner"
            ),
        ),
        migrations.CreateModel(
            name="WeightsReceipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("root_sha256", models.CharField(max_length=64)),
                ("matches", models.BooleanField()),
                (
                    "differences",
                    models.JSONField(default=list, help_text="[{name, what}]: missing, added or different files."),
                ),
                (
                    "signer_confirmed",
                    models.BooleanField(help_text="The signer's fingerprint was compared by a second channel."),
                ),
                ("statement", models.CharField(blank=True, max_length=400)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="early_access.weightsmanifest",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weights_receipts",
                        to="early_access.earlyaccessrequest",
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("matches", False), ("differences", []), _connector="OR"),
                        name="weights_receipt_agrees",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="weightsmanifest",
            constraint=models.UniqueConstraint(fields=("request", "version"), name="weights_manifest_once"),
        ),
        ProtectTable(SIGNER, THROUGH, OWN),
        ProtectTable(MANIFEST, THROUGH, OWN),
        ProtectTable(RECEIPT, SIDES),
        ProtectTable(CERTIFICATE, SIDES),
        *[Immutable(table) for table in (SIGNER, MANIFEST, RECEIPT, CERTIFICATE)],
        Track(SIGNER, ("pem",), parties=("developer_id",)),
        Track(MANIFEST, ("location", "custodian", "pickled"), parties=("developer_id",)),
        Track(RECEIPT, ("differences", "statement")),
        Track(CERTIFICATE, ("text",)),
    ]
