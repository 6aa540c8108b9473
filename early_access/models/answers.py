"""What an agency's own worker answers to an opening: sealed to a key that lives in one page, for minutes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.keys import AccessCredential, CredentialOpening
from early_access.models.request import EarlyAccessRequest


class HeldAnswer(Base):
    """One opening of a key that the agency's worker alone can open. It seals the value again, to the public key that the page
    sent; the private one never leaves that page. What is sealed is handed out once, to whoever asked, and then erased."""

    class State(models.TextChoices):
        WAITING = "waiting", "Asked"
        ANSWERED = "answered", "Answered"
        REFUSED = "refused", "Refused by the agency's worker"
        TAKEN = "taken", "Handed out"
        GONE = "gone", "Too late"

    opening = models.OneToOneField(CredentialOpening, on_delete=models.PROTECT, related_name="answer")
    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(AccessCredential, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=88, help_text="P-256, uncompressed, base64url: of the page that asked.")
    sealed = models.BinaryField(null=True)
    refused = models.CharField(max_length=400, blank=True, help_text="Why the worker did not open it, as a sentence.")
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(help_text="From then on it is neither answered nor handed out.")

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["request", "by"], name="held_answer_request")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed__isnull=True) | Q(answered_at__isnull=False, taken_at__isnull=True, refused=""),
                name="held_answer_kept_until_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"answer asked at {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> str:
        """Where it stands now."""
        if self.taken_at is not None:
            return self.State.TAKEN
        if self.refused:
            return self.State.REFUSED
        if self.expires_at <= timezone.now():
            return self.State.GONE
        return self.State.WAITING if self.answered_at is None else self.State.ANSWERED

    @property
    def purpose(self) -> str:
        """What its seal is bound to: the opening, the key, the field and the person."""
        return (
            f"opening={self.opening_id}|credential={self.credential_id}|field={AccessCredential.FIELD}|by={self.by_id}"
        )
