"""Time in a window in which nobody could test, as the side that was affected reported it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.request import EarlyAccessRequest


class BlockedTime(Base):
    """One outage in a window, in the words of the side that reported it. It moves no date.

    Without an agency the developer reported it, and every agency of the request reads it; an agency's report is read by
    that agency and the developer."""

    class Cause(models.TextChoices):
        DEVELOPER = "developer", "The developer’s endpoint"
        AGENCY = "agency", "The agency’s own systems"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="blocked")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who reported it; empty: the developer.",
    )  # fmt: skip
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="Set for the developer's reports: every agency of the request reads them."
    )
    cause = models.CharField(max_length=9, choices=Cause.choices, help_text="What did not work.")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Empty: it goes on.")
    why = models.CharField(max_length=400)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    correction = models.CharField(max_length=400, blank=True, help_text="Why it was corrected last.")
    struck_at = models.DateTimeField(null=True, blank=True, help_text="Reported by mistake; it counts no more.")
    row_version = models.PositiveIntegerField(default=1)

    visibility = Visibility(seats=("developer", "agency"), through="request", opened="shared_at")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "agency"], condition=Q(ended_at__isnull=True, struck_at__isnull=True),
                nulls_distinct=False, name="blocked_time_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("began_at")), name="blocked_time_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, shared_at__isnull=False, cause="developer")
                | Q(agency__isnull=False, shared_at__isnull=True),
                name="blocked_time_readers",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"blocked from {self.began_at:%Y-%m-%d %H:%M}"
