"""The sealed keys of a request, one per variant or one for all; who may open which, who did, and what became of revoked ones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from developers.models import ModelVariant
from early_access.models.request import EarlyAccessRequest

EVERY_VARIANT = ""  # of a key: it serves each variant that never had a key of its own


def variant_label(kind: str) -> str:
    """What a key serves, as people read it."""
    return str(ModelVariant.Kind(kind).label) if kind else "Every variant without a key of its own"


class AccessCredential(Base):
    """A sealed secret for one variant, or for every variant without a key of its own. Its wraps decide which agency can open
    it; without wraps nobody can, ever."""

    FIELD = "access_key"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="credentials")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(
        max_length=20, choices=ModelVariant.Kind.choices, blank=True, default=EVERY_VARIANT,
        help_text="Empty: every variant without a key of its own.",
    )  # fmt: skip
    version = models.PositiveSmallIntegerField(default=1, help_text="1, 2, 3 for this variant.")
    base_url = models.CharField(
        max_length=300, blank=True, default="", help_text="Empty: as the access specification says."
    )
    model_name = models.CharField(
        max_length=120, blank=True, default="", help_text="Empty: as the access specification says."
    )
    ciphertext = models.BinaryField(help_text="96-bit nonce, then AES-256-GCM.")
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=40, blank=True)

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "variant", "version"], name="credential_once"),
            models.UniqueConstraint(
                fields=["request", "variant"], condition=Q(revoked_at__isnull=True), name="credential_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"credential, version {self.version}"

    @property
    def label(self) -> str:
        """What it serves, as people read it."""
        return variant_label(self.variant)

    @property
    def slug(self) -> str:
        """In addresses."""
        return self.variant or "common"


class CredentialWrap(Base):
    """The data key, wrapped for one agency. Agencies see theirs once the window is open (`released_at`)."""

    target = models.ForeignKey(AccessCredential, on_delete=models.PROTECT, related_name="wraps")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key_id = models.CharField(max_length=120)
    wrapped_key = models.BinaryField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="wrap_once")]

    def __str__(self) -> str:
        return f"wrap for {self.organisation_id}"


class CredentialOpening(Base):
    """Who opened a credential, when and why. Written in the transaction that shows the value."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="openings")
    credential = models.ForeignKey(AccessCredential, on_delete=models.PROTECT, related_name="openings")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: the agency's worker."
    )
    reason = models.TextField()
    variant = models.CharField(max_length=20, choices=ModelVariant.Kind.choices, blank=True, default=EVERY_VARIANT)
    version = models.PositiveSmallIntegerField(
        default=1, help_text="Of the credential, which an agency may not read any more."
    )

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["request", "-created_at"], name="opening_request"),
            models.Index(fields=["developer", "-created_at", "-id"], name="opening_developer"),
            models.Index(fields=["agency", "-created_at", "-id"], name="opening_agency"),
        ]

    def __str__(self) -> str:
        return f"opened at {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def label(self) -> str:
        """Which key it was, as people read it."""
        return variant_label(self.variant)


class VariantConsent(Base):
    """Whether one agency may test one variant. An agency reads its own rows only."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="variant_consents")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ModelVariant.Kind.choices)
    consented = models.BooleanField()
    own_key = models.BooleanField(
        default=False, help_text="Whether the variant has or had a key of its own; else the common one serves it."
    )
    changed_at = models.DateTimeField(null=True, blank=True, help_text="Empty: as submitted.")
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "agency", "kind"], name="variant_consent_once"),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="variant_consent_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {'yes' if self.consented else 'no'}"


class RevocationProof(Base):
    """A revoked key that an agency had opened, kept for one purpose and a few days: that the agency's worker asks the endpoint
    whether it still takes it. No person can open it. Once it is refused, or after `kept_until`, nothing of it is left."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", "Refused by the endpoint"
        STILL_TAKEN = "still_taken", "Still taken by the endpoint"
        UNREACHABLE = "unreachable", "The endpoint did not answer"
        NOT_CHECKED = "not_checked", "Not checked"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="proofs")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(AccessCredential, on_delete=models.PROTECT, related_name="proofs")
    variant = models.CharField(max_length=20, choices=ModelVariant.Kind.choices, blank=True, default=EVERY_VARIANT)
    version = models.PositiveSmallIntegerField()
    base_url = models.CharField(max_length=300)
    model_name = models.CharField(max_length=120)
    ciphertext = models.BinaryField(null=True)
    key_id = models.CharField(max_length=120)
    wrapped_key = models.BinaryField(null=True)
    revoked_because = models.CharField(max_length=40)
    kept_until = models.DateTimeField(help_text="When what is kept is erased, checked or not.")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.NOT_CHECKED)
    sentence = models.CharField(max_length=400, blank=True, help_text="What the worker saw.")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["credential", "agency"], name="revocation_proof_once"),
            models.CheckConstraint(
                condition=Q(ciphertext__isnull=True, wrapped_key__isnull=True)
                | Q(ciphertext__isnull=False, wrapped_key__isnull=False),
                name="revocation_proof_both_or_neither",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | Q(ciphertext__isnull=True), name="revocation_proof_erases"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, version {self.version}"

    @property
    def label(self) -> str:
        """Which key it was, as people read it."""
        return variant_label(self.variant)

    @property
    def is_kept(self) -> bool:
        """Whether it can still be checked."""
        return self.wrapped_key is not None

    @property
    def tone(self) -> str:
        """How its mark is drawn."""
        return {"refused": "done", "still_taken": "stopped"}.get(self.outcome, "waiting")
