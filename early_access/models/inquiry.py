"""A developer's question whether a checkpoint is a covered frontier model, and what NSA said to it: an outcome and a pointer.

No column can hold a score, a threshold or a criterion: whatever NSA says here is chosen from a list, a day, or a number that
Concord draws at random.
"""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from core.references import new_reference
from developers.models import FrontierModel, ModelCheckpoint
from early_access.workflow import DESIGNATION_INQUIRY, INQUIRY_SENT


class DesignationInquiry(Base):
    """One question about one checkpoint. NSA reads the copies, not the developer's rows: only those who hold the role of
    designation authority there read it at all. `agency` stays empty until it is sent."""

    class Reply(models.TextChoices):
        KNOWN = "known", "NSA knows our cleared contact"
        ARRANGE = "arrange", "Somebody here is cleared; the contact has to be arranged"
        NOBODY = "nobody", "Nobody here can receive a classified reply"

    class Because(models.TextChoices):
        NOT_EXAMINED = "not_examined", "The checkpoint could not be examined"
        LATER_CHECKPOINT = "later_checkpoint", "A later checkpoint of the same model takes its place"
        NO_DETERMINATION = "no_determination", "No determination is made"

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "INQ"))
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    model = models.ForeignKey(FrontierModel, on_delete=models.PROTECT, related_name="inquiries")
    checkpoint = models.ForeignKey(ModelCheckpoint, on_delete=models.PROTECT, related_name="inquiries")
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="later",
        help_text="What NSA replied last about another checkpoint of the same model.",
    )  # fmt: skip
    codename = models.CharField(max_length=80)
    checkpoint_label = models.CharField(max_length=80)
    configuration_sha256 = models.CharField(max_length=64)
    classified_reply = models.CharField(max_length=10, choices=Reply.choices)
    note = models.TextField(blank=True, help_text="What the developer wants NSA to know.")
    status = models.CharField(max_length=24, default=DESIGNATION_INQUIRY.initial)
    row_version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(help_text="When its state changed last.")
    closed_because = models.CharField(max_length=20, choices=Because.choices, blank=True)

    visibility = Visibility(seats=("developer", "agency"), needs=(("agency", "designator"),))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model"], condition=Q(status__in=INQUIRY_SENT), name="inquiry_one_open"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, agency__isnull=True)
                | Q(submitted_at__isnull=False, agency__isnull=False),
                name="inquiry_unsent_is_nobody_elses",
            ),
            models.CheckConstraint(
                condition=Q(status="closed_undetermined") & ~Q(closed_because="")
                | ~Q(status="closed_undetermined") & Q(closed_because=""),
                name="inquiry_closed_because",
            ),
        ]
        indexes = [
            models.Index(fields=["developer", "-created_at", "-id"], name="inquiry_developer"),
            models.Index(fields=["agency", "-created_at", "-id"], name="inquiry_agency"),
            models.Index(fields=["developer", "status", "-created_at", "-id"], name="inquiry_developer_status"),
            models.Index(fields=["agency", "status", "-created_at", "-id"], name="inquiry_agency_status"),
            models.Index(fields=["agency", "developer", "-created_at", "-id"], name="inquiry_agency_developer"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("early_access:inquiry", args=[self.reference])


class Designation(Base):
    """NSA's answer. Every outcome has the same columns filled, so that none shows by its shape. It never changes."""

    class Outcome(models.TextChoices):
        DESIGNATED = "designated", "Designated as a covered frontier model"
        NOT_DESIGNATED = "not_designated", "Not designated as a covered frontier model"
        CLASSIFIED = "answered_by_classified_channel", "Answered by classified channel"

    class Office(models.TextChoices):
        DIRECTOR = "director", "Office of the Director, NSA"
        CYBERSECURITY = "cybersecurity", "NSA Cybersecurity Directorate"
        AI_SECURITY = "ai_security", "NSA Artificial Intelligence Security Center"

    inquiry = models.OneToOneField(DesignationInquiry, on_delete=models.PROTECT, related_name="designation")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=32, choices=Outcome.choices)
    office = models.CharField(max_length=16, choices=Office.choices)
    pointer = models.CharField(max_length=20, unique=True, default=partial(new_reference, "PTR"))
    answered_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("developer", "agency"), needs=(("agency", "designator"),))
    objects = VisibleManager()

    def __str__(self) -> str:
        return self.pointer
