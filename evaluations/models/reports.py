"""The written report: a draft, the copies whose facts the developer checks, and each delivered version."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from core.references import new_reference
from evaluations.models.assignments import EvaluationAssignment


class EvaluationReport(Base):
    """The written report of one assignment, composed from the record; each delivery is a new version.

    `delivered_to` stays empty until it is delivered: a draft is invisible to the developer by absence. From then on
    only `received_at` can still be written.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "RPT"))
    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    delivered_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    scope_line = models.TextField()
    summary = models.TextField()
    limitations = models.TextField()
    correction = models.TextField(blank=True, help_text="What this version corrects in the one before.")
    row_version = models.PositiveIntegerField(default=1)
    content = models.JSONField(default=dict, help_text="All that stands in the delivered version, as plain data.")
    sha256 = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True, help_text="When the developer first opened it.")

    visibility = Visibility(seats=("agency", "delivered_to"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="report_version_once"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(delivered_at=None), name="report_one_draft"),
            models.CheckConstraint(
                condition=Q(delivered_at=None, delivered_to=None, sha256="")
                | (Q(delivered_at__isnull=False, delivered_to__isnull=False) & ~Q(sha256="")),
                name="report_delivered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-created_at", "-id"], name="report_agency"),
            models.Index(fields=["delivered_to", "-created_at", "-id"], name="report_delivered_to"),
        ]

    def __str__(self) -> str:
        return self.reference


class FactCheck(Base):
    """A copy of the draft whose facts the developer checks until `due_at`; it ends by an answer or by the clock."""

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="fact_checks")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="What was sent, as plain data.")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True, help_text="When it ended without an answer.")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="fact_check_once"),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(answered_at=None, lapsed_at=None), name="fact_check_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="fact_check_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Fact check {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether the developer can still answer it."""
        return self.answered_at is None and self.lapsed_at is None


class FactCheckComment(Base):
    """What the developer says about the facts at one place of the draft. It stands in the delivered report too."""

    fact_check = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="comments")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    text = models.TextField()

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()


class ReportingDetail(Base):
    """What the report says for one criterion of the reporting standard, beyond what follows from the record.

    The agency's until a report that holds it is delivered: then it stands in that report's content.
    """

    class Covers(models.TextChoices):
        PART = "part", "What the standard asks at least"
        FULL = "full", "All that the standard asks"
        NOT_APPLICABLE = "not_applicable", "It does not apply, for the reason given"

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="reporting_details")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=20)
    covers = models.CharField(max_length=20, choices=Covers.choices)
    text = models.TextField()
    row_version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="reporting_detail_once"),
        ]
