"""What one side wants to publish of a report, and the other side's review of it before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from evaluations.models.assignments import EvaluationAssignment
from evaluations.models.reports import EvaluationReport


class PublicationReview(Base):
    """A text about a delivered report that one side wants to publish. The other side has the days that the agreement gives
    to read it; it may ask that something be left out. Nothing in Concord publishes: what is done is recorded."""

    class Verdict(models.TextChoices):
        NOTHING = "nothing", "Nothing has to be left out"
        LEAVE_OUT = "leave_out", "Something has to be left out"

    report = models.ForeignKey(EvaluationReport, on_delete=models.PROTECT, related_name="publications")
    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="publications")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    due_at = models.DateTimeField(help_text="Until when the other side may read it before anybody publishes.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    remark = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "asked_for"],
                condition=Q(answered_at=None, published_at=None),
                name="publication_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, verdict="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(verdict="")),
                name="publication_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | (Q(published_at__isnull=False, published_by__isnull=False) & ~Q(verdict="leave_out")),
                name="publication_leaves_out_what_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"publication by {self.asked_for}"

    @property
    def is_open(self) -> bool:
        """Whether the other side can still answer."""
        return self.answered_at is None and self.published_at is None

    @property
    def answers(self) -> Organisation:
        """The side that reviews it."""
        return self.agency if self.asked_for_id == self.developer_id else self.developer
