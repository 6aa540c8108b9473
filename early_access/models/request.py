"""The request itself, its drafted sections (the developer's alone), and the rows that submitting makes of them."""

from __future__ import annotations

from functools import partial

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base
from core.references import new_reference
from developers.models import FrontierModel, ModelCheckpoint, ModelVariant
from early_access.workflow import EARLY_ACCESS_REQUEST


class EarlyAccessRequest(Base):
    """An offer of access to one checkpoint, to the agencies that the developer consents to."""

    class Track(models.TextChoices):
        EXECUTIVE_ORDER = "eo_3b2", "Executive Order 14409, section 3(b)(ii)"
        COMMERCE = "commerce", "Agreement with Commerce (CAISI)"

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "REQ"))
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    intake_agency = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whose intake officers handle the request; set when it is submitted.",
    )  # fmt: skip
    model = models.ForeignKey(FrontierModel, null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    checkpoint = models.ForeignKey(
        ModelCheckpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    agreement = models.ForeignKey(
        "agreements.TestingAgreement", null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    track = models.CharField(max_length=12, choices=Track.choices, default=Track.EXECUTIVE_ORDER)
    changes_since = models.TextField(blank=True)
    intended_uses = models.TextField(blank=True)
    limitations = models.TextField(blank=True, help_text="Known limitations and weaknesses.")
    status = models.CharField(max_length=20, default=EARLY_ACCESS_REQUEST.initial)
    row_version = models.PositiveIntegerField(default=0)
    trusted_partner_on = models.DateField(null=True, blank=True)
    public_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True, help_text="What the intake officer last asked.")
    answer = models.TextField(blank=True, help_text="What the developer answered to it.")
    ended_reason = models.TextField(blank=True)
    status_changed_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("developer",), audience="early_access.RequestAudience")
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="request_developer"),
            models.Index(fields=["-created_at", "-id"], name="request_newest"),
            models.Index(fields=["developer", "status", "-created_at", "-id"], name="request_developer_status"),
            models.Index(fields=["intake_agency", "status", "-created_at", "-id"], name="request_intake_status"),
        ]

    def __str__(self) -> str:
        return self.reference


class RequestSection(Base):
    """One drafted section as it was typed. Only the developer's people ever read it."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="sections")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    row_version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "name"], name="section_once")]

    def __str__(self) -> str:
        return self.name


class RequestAudience(Base):
    """An organisation that may read the request from its submission on. `status` is a copy that the database keeps."""

    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="audience")
    status = models.CharField(max_length=20, default="", db_default="", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="request_audience_once")]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-target"], name="request_audience_page"),
            models.Index(fields=["organisation", "status", "-created_at", "-target"], name="request_audience_status"),
            models.Index(fields=["organisation", "developer", "-created_at", "-target"], name="request_audience_dev"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} reads {self.target_id}"


class Part(Base):
    """A row that belongs to a request and is seen by whoever sees the request."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="%(class)ss")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(through="request")
    objects = VisibleManager()

    class Meta:
        abstract = True


class RequestVariant(Part):
    """A variant that the developer offers for this test."""

    kind = models.CharField(max_length=20, choices=ModelVariant.Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "kind"], name="request_variant_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class RequestedDomain(Part):
    """A risk domain the developer offers to have tested, and how deep."""

    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "domain"], name="request_domain_once")]

    def __str__(self) -> str:
        return f"{self.get_domain_display()}, AL{self.access_level}"


class AgencyConsent(Part):
    """Whether the developer consents to this agency's testing. Without consent no key is sealed for it."""

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    consented = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "agency"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.agency}: {'yes' if self.consented else 'no'}"


MARKED = {
    "everything": "Everything in this request",
    "specification": "The access specification",
    "identity": "Names and dates",
    "nothing": "Nothing is marked",
}
PURPOSES = {"incident": "Incident contact", "rotation": "Contact for keys", "policy": "Policy contact"}


class ConfidentialityMarking(Part):
    """What is marked as confidential commercial information (FOIA exemption 4), why, and until when."""

    scope = models.CharField(max_length=40)
    statement = models.TextField()
    lapses_on = models.DateField()

    def __str__(self) -> str:
        return self.scope

    @property
    def scope_words(self) -> str:
        """The scope as people read it."""
        return MARKED.get(self.scope, self.scope)


class RequestStatement(Part):
    """What the developer states in one field of a section and agencies read as it was typed; nothing is decided by it."""

    name = models.CharField(max_length=30, help_text="Of the field, as in rules.sections.")
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "name"], name="request_statement_once")]

    def __str__(self) -> str:
        return self.name


class Contact(Part):
    """Whom to reach at the developer, and when."""

    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "purpose"], name="contact_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.purpose})"

    @property
    def purpose_words(self) -> str:
        """What the contact is for, as people read it."""
        return PURPOSES.get(self.purpose, self.purpose)
