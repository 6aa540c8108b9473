"""Authority to sign, who signs in which step, the files as issued, and the signatures."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import IN_TURN, AgreementVersion, TestingAgreement
from agreements.models.library import Instrument
from agreements.models.posts import Incumbency, Post, resting_on
from core.models import Base


class SignatureAuthority(Base):
    """A written delegation: who may sign what for an organisation, from when until when, and under which other one. It is
    given to a person (`holder`) or to a post, whose incumbent at that instant signs on it.

    Once recorded it is concurred with and revoked, never changed. A parent is older than what hangs on it, so that a
    chain has no circle; `under` repeats the parents' numbers for those who may not read their rows.
    """

    class Standing(models.TextChoices):
        """Whether counsel concurred, and whether it was revoked."""

        WAITS = "waits", "Waits for counsel"
        CONCURRED = "concurred", "Counsel concurred"
        REVOKED = "revoked", "Revoked"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signature_authorities")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True, help_text="Statute, order or resolution it rests on.")
    granted_by = models.CharField(
        max_length=200, blank=True, help_text="Who granted it: name and post, as on the paper."
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="redelegations")
    under = models.CharField(max_length=1400, blank=True)
    holder = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="authorities")
    acting_may_sign = models.BooleanField(
        default=True, help_text="Of one that is given to a post: whether whoever acts in the post signs on it too."
    )
    instruments = ArrayField(models.CharField(max_length=12, choices=Instrument.choices))
    barred_clauses = ArrayField(models.SlugField(max_length=60), default=list, help_text="Clauses it may not bind.")
    amendments = models.BooleanField(default=True, help_text="Whether it covers amendments too.")
    may_redelegate = models.BooleanField(default=False)
    document_sha256 = models.CharField(max_length=64, blank=True, help_text="The written delegation, as a PDF.")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    concurred_at = models.DateTimeField(null=True, blank=True)
    concurred_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_reason = models.CharField(max_length=500, blank=True)
    standing = models.GeneratedField(
        expression=Case(
            When(revoked_at__isnull=False, then=Value("revoked")),
            When(concurred_at__isnull=True, then=Value("waits")),
            default=Value("concurred"),
        ),
        output_field=models.CharField(max_length=9, choices=Standing.choices), db_persist=True,
        help_text="What people look for in the list; its time is not told by it.",
    )  # fmt: skip

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        verbose_name_plural = "signature authorities"
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-id"], name="authority_newest"),
            models.Index(fields=["organisation", "standing", "-created_at", "-id"], name="authority_by_standing"),
            models.Index(fields=["organisation", "holder", "-created_at", "-id"], name="authority_by_holder"),
            models.Index(fields=["organisation", "post", "-created_at", "-id"], name="authority_by_post"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number", "holder"], name="authority_once"),
            models.UniqueConstraint(fields=["organisation", "number", "post"], name="authority_of_a_post_once"),
            models.CheckConstraint(
                condition=Q(holder__isnull=False, post__isnull=True) | Q(holder__isnull=True, post__isnull=False),
                name="authority_of_a_person_or_a_post",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="authority_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("valid_from")),
                name="authority_revoked_later",
            ),
            models.CheckConstraint(
                condition=Q(concurred_at__isnull=True, concurred_by__isnull=True)
                | Q(concurred_at__isnull=False, concurred_by__isnull=False),
                name="authority_concurred_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="authority_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.title}"

    def get_absolute_url(self) -> str:
        """Its page, for the organisation's own people."""
        return f"/agreements/authorities/{self.pk}/"

    @property
    def basis(self) -> str:
        """This delegation and those that it hangs on, in words."""
        return f"{self}, under {self.under}" if self.under else str(self)

    @property
    def held_by(self) -> str:
        """To whom it is given, in words: a person's name, or a post."""
        if self.holder is not None:
            return self.holder.name
        return f"the post of {self.post}"


class SigningKey(Base):
    """A person's signing key and certificate; the private half is sealed and opened only inside a signature."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    certificate = models.TextField(help_text="PEM")
    ciphertext = models.BinaryField()
    key_id = models.CharField(max_length=100)
    wrapped = models.BinaryField()
    valid_until = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(retired_at__isnull=True), name="one_live_signing_key"
            )
        ]

    def __str__(self) -> str:
        return f"signing key of {self.user_id}"


class IssuedFile(Base):
    """A PDF exactly as it was issued; the bytes lie in private storage under their hash."""

    class Role(models.TextChoices):
        SEALED = "sealed", "Sealed for signature"
        SIGNING = "signing", "Partly signed"
        EXECUTED = "executed", "Executed"

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="files")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="files")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    stamped = models.BooleanField(default=False, help_text="Its signatures carry time-stamps of an outside authority.")
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")
    voided_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.sha256[:12]}"


class Tier(models.TextChoices):
    """Where the key of a signatory lies, as the completion certificate says it."""

    HELD = "held", "With a key that Concord keeps for this person and opens after verified authentication."
    OWN = "own", "With this person's own certificate, such as a card's, outside Concord."
    DEVICE = "device", "With this person's own key in a signing device or service, which Concord asked to sign."


class Signatory(Base):
    """Who signs for which party, in which step of one issued file.

    `voided_at` when that file was given up, or when somebody else was named: then `voided_by` and `voided_reason` say who
    did so and why, and the row that `replaces` this one has its field.
    """

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="signatories")
    sealed = models.ForeignKey(IssuedFile, on_delete=models.PROTECT, related_name="signatories")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(SignatureAuthority, on_delete=models.PROTECT, related_name="+")
    incumbency = models.ForeignKey(
        Incumbency, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="How the person holds the post to which the delegation is given.",
    )  # fmt: skip
    step = models.PositiveSmallIntegerField(help_text="Those of one step sign in any order.")
    meaning = models.CharField(max_length=60, help_text="“binds the Developer” or “binds the Agency”.")
    field_name = models.CharField(max_length=60)
    tier = models.CharField(max_length=6, choices=Tier.choices, default=Tier.HELD)
    declined_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    voided_reason = models.CharField(max_length=500, blank=True)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        verbose_name_plural = "signatories"
        ordering = IN_TURN
        constraints = [
            models.UniqueConstraint(
                fields=["sealed", "field_name"], condition=Q(voided_at__isnull=True), name="one_signatory_of_a_field"
            ),
            models.CheckConstraint(
                condition=Q(voided_by__isnull=True, voided_reason="")
                | (Q(voided_by__isnull=False, voided_at__isnull=False) & ~Q(voided_reason="")),
                name="signatory_replaced_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "agreement"], name="signatory_person")]

    def __str__(self) -> str:
        return f"step {self.step} of {self.agreement}"

    @property
    def capacity(self) -> str:
        """In which office this person signs: the post to which the delegation is given, else their own job title."""
        return self.incumbency.capacity if self.incumbency is not None else self.person.post

    @property
    def on_authority(self) -> str:
        """On whose authority, in words."""
        return resting_on(self.authority.basis, self.incumbency)

    @property
    def in_place_of(self) -> str:
        """The name of the person in whose place this one signs; "" for whoever was named first (or only changed paper)."""
        first = self
        while first.replaces is not None:
            first = first.replaces
        return first.person.name if first.person_id != self.person_id else ""


class Signature(Base):
    """One signature, with everything that was checked when it was made. Never changed."""

    signatory = models.OneToOneField(Signatory, on_delete=models.PROTECT, related_name="signature")
    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="signatures")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file_before = models.ForeignKey(IssuedFile, on_delete=models.PROTECT, related_name="+")
    file_after = models.OneToOneField(IssuedFile, on_delete=models.PROTECT, related_name="signature")
    authority = models.JSONField(help_text="The delegation as it stood at the instant of signing.")
    intent = models.TextField(help_text="The sentence that was agreed to.")
    typed_name = models.CharField(max_length=150)
    stepped_up_at = models.DateTimeField()
    level = models.CharField(max_length=12)
    certificate_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"signature of {self.agreement}"
