"""Conflicts of interest: who, or which agency, takes no part in tests of a developer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base


class ConflictOfInterest(Base):
    """Somebody of an agency takes no part in tests of a developer; without a person, the whole agency is recused.

    While it stands, nothing of these tests is open to the person, whatever they attested before. The agency's own: neither
    the developer nor another agency ever reads it. The reason is read by the person and by the agency's counsel.
    """

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: the whole agency."
    )
    reason = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_reason = models.TextField(blank=True)

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "developer", "person"], condition=Q(ended_at=None), name="conflict_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="conflict_ended_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["agency", "-created_at", "-id"], name="conflict_page"),
            models.Index(fields=["person"], condition=Q(ended_at=None), name="conflict_of_person"),
        ]
