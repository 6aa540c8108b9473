"""Weights that an agency fetches by its own channel: whose signature counts, the signed list of files, what each agency
confirmed to have received, and its certificate of destruction. The weights themselves never pass through Concord."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.exits import ReturnItem
from early_access.models.request import EarlyAccessRequest


class WeightsSigner(Base):
    """A public key or certificate that a manifest's signature has to lead to, as the developer registered it."""

    class Kind(models.TextChoices):
        KEY = "key", "Public key"
        CERTIFICATE = "certificate", "Certificate"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="weights_signers")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    pem = models.TextField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the DER, in hex.")
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(through="request")
    objects = VisibleManager()

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.fingerprint[:16]}"


class WeightsManifest(Base):
    """A signed list of files with their digests, verified when it was uploaded. The bundle is kept as it came."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="weights_manifests")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request.")
    signer = models.ForeignKey(WeightsSigner, on_delete=models.PROTECT, related_name="+")
    location = models.CharField(max_length=500, help_text="A pointer that opens nothing by itself.")
    custodian = models.CharField(max_length=200, blank=True, help_text="Who hands the weights over.")
    total_bytes = models.BigIntegerField(null=True, blank=True, help_text="As declared: a manifest has no sizes.")
    file_count = models.PositiveIntegerField()
    root_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, help_text="Of the bundle.")
    sums_sha256 = models.CharField(max_length=64, help_text="Of the same files as sha256sum takes them.")
    pickled = models.JSONField(default=list, help_text="Names of files that may run code when they are loaded.")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(through="request")
    objects = VisibleManager()

    class Meta:
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["request", "version"], name="weights_manifest_once")]

    def __str__(self) -> str:
        return f"manifest, version {self.version}"


class WeightsReceipt(Base):
    """What one agency says it received, compared with the manifest."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="weights_receipts")
    manifest = models.ForeignKey(WeightsManifest, on_delete=models.PROTECT, related_name="receipts")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    root_sha256 = models.CharField(max_length=64)
    matches = models.BooleanField()
    differences = models.JSONField(default=list, help_text="[{name, what}]: missing, added or different files.")
    signer_confirmed = models.BooleanField(help_text="The signer's fingerprint was compared by a second channel.")
    statement = models.CharField(max_length=400, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(matches=False) | Q(differences=[]), name="weights_receipt_agrees")
        ]

    def __str__(self) -> str:
        return f"receipt of {self.agency_id}"


class DestructionCertificate(Base):
    """An agency's certificate of what it returned or destroyed; of weights, where it had confirmed to have them (`manifest`)."""

    class Method(models.TextChoices):
        CRYPTOGRAPHIC = "cryptographic", "The keys of encrypted storage were destroyed"
        OVERWRITTEN = "overwritten", "The storage was overwritten"
        DEVICES = "devices", "The storage devices were destroyed"
        DELETED = "deleted", "The files were deleted, storage and backups included"

    item = models.OneToOneField(ReturnItem, on_delete=models.PROTECT, related_name="certificate")
    manifest = models.ForeignKey(WeightsManifest, null=True, on_delete=models.PROTECT, related_name="certificates")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    destroyed_on = models.DateField(help_text="Without weights the day of the answer.")
    method = models.CharField(max_length=13, choices=Method.choices, blank=True, help_text="Of weights.")
    text = models.TextField(help_text="The certificate, JSON, as both sides download it.")
    sha256 = models.CharField(max_length=64, help_text="Of the text in UTF-8.")
    certified_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    def __str__(self) -> str:
        return f"destroyed on {self.destroyed_on}"
