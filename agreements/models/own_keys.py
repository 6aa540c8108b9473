"""Certificates of one's own (a PIV card or another), and the turns in which a file is signed outside Concord."""

from __future__ import annotations

from datetime import UTC

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import TestingAgreement
from agreements.models.signing import IssuedFile, Signatory
from core.models import Base


class OwnCertificate(Base):
    """A certificate that a signatory enrolled to sign with outside Concord; its key is never here. Never changed, only
    retired."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_certificates")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    certificate = models.TextField(help_text="PEM")
    sha256 = models.CharField(max_length=64, help_text="Of the certificate's DER.")
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    key_use = models.CharField(max_length=300, help_text="What the certificate says its key is for.")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(retired_at__isnull=True), name="one_live_own_certificate"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="own_certificate_retired_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.sha256[:12]})"

    def get_absolute_url(self) -> str:
        """Its page, for the organisation's own people."""
        return f"/agreements/certificates/{self.pk}/"


class SigningTurn(Base):
    """One person holds the file to sign it outside Concord; until it ends nobody else signs. It lapses by the clock."""

    class Ending(models.TextChoices):
        SIGNED = "signed", "Signed"
        GIVEN_UP = "given_up", "Given back"
        LAPSED = "lapsed", "Lapsed"
        CLOSED = "closed", "Closed with the file, or with the signatory"

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="file_turns")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="turns")
    file = models.ForeignKey(IssuedFile, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(ended_at__isnull=True), name="one_turn_with_the_file"
            ),
            models.CheckConstraint(condition=Q(lapses_at__gt=F("taken_at")), name="turn_lapses_later"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="turn_ended_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"turn of {self.signatory}"

    @property
    def since(self) -> str:
        """When the file was taken, for a sentence."""
        return f"{self.taken_at.astimezone(UTC):%-d %b %Y, %H:%M} UTC"

    @property
    def until(self) -> str:
        """When it is free again at the latest, for a sentence."""
        return f"{self.lapses_at.astimezone(UTC):%-d %b %Y, %H:%M} UTC"
