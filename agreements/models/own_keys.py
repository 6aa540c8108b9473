"""Certificates of one's own (of a card, or of a key in a signing device), the turns in which a file is signed with them, and
what a device is asked to sign."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import TestingAgreement
from agreements.models.signing import IssuedFile, Signatory
from core.models import Base


def key_name(person: UUID, organisation: UUID) -> str:
    """The name, in a signing device, of the key with which a person signs for an organisation."""
    return f"{person}.{organisation}"


class OwnCertificate(Base):
    """A certificate that a signatory enrolled to sign with; its key is never here. Never changed, only retired."""

    class KeyAt(models.TextChoices):
        CARD = "card", "On a card or in a program of mine: I take the file, sign it, and bring it back"
        DEVICE = "device", "In the signing device of this installation: Concord asks it for each signature"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_certificates")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    certificate = models.TextField(help_text="PEM")
    sha256 = models.CharField(max_length=64, help_text="Of the certificate's DER.")
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    key_at = models.CharField(max_length=6, choices=KeyAt.choices, default=KeyAt.CARD, help_text="Where its key lies.")
    key_use = models.CharField(max_length=300, help_text="What the certificate says its key is for.")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at", "-id"], name="own_certificate_newest")]
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

    @property
    def key_name(self) -> str:
        """Under which name a signing device keeps its key: nobody types one, so that nobody can name another's."""
        return key_name(self.person_id, self.organisation_id)


class SigningTurn(Base):
    """One person holds the file to sign it outside Concord, or to have it signed by their device; until it ends nobody else
    signs. It lapses by the clock."""

    class Ending(models.TextChoices):
        SIGNED = "signed", "Signed"
        GIVEN_UP = "given_up", "Given back"
        LAPSED = "lapsed", "Lapsed"
        FAILED = "failed", "The signing device made no signature"
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


class RemoteSigning(Base):
    """A signature that a device was asked for: what was prepared, what the person said, and what came back. Between asking and
    finishing nothing is locked; whoever finishes decides everything again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    turn = models.OneToOneField(SigningTurn, on_delete=models.PROTECT, related_name="remote")
    certificate = models.ForeignKey(OwnCertificate, on_delete=models.PROTECT, related_name="+")
    added = models.BinaryField(help_text="What the prepared file has behind the file as it was.")
    start = models.PositiveIntegerField(help_text="The empty place of the signature in the prepared file begins here.")
    end = models.PositiveIntegerField()
    attributes = models.BinaryField(help_text="The signed attributes (DER), whose SHA-256 the device signs.")
    prepared_at = models.DateTimeField()
    typed_name = models.CharField(max_length=150)
    stepped_up_at = models.DateTimeField(help_text="When the person had confirmed who they are before they asked.")
    answered_at = models.DateTimeField(null=True, blank=True)
    signature = models.BinaryField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, help_text="Why there is no signature, in a sentence.")

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, signature__isnull=True, failure="")
                | Q(answered_at__isnull=False, signature__isnull=False, failure="")
                | (Q(answered_at__isnull=False, signature__isnull=True) & ~Q(failure="")),
                name="device_answered_or_failed",
            )
        ]

    def __str__(self) -> str:
        return f"what a device was asked in the {self.turn}"

    def is_running(self, at: datetime) -> bool:
        """Whether an answer is still waited for, or may still be put into the file."""
        return self.turn.ended_at is None and self.turn.lapses_at > at and not self.failure
