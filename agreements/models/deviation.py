"""Words of a clause that nobody has approved beforehand, and what each agency decided about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.roles import ROLES
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import AgreementVersion, TestingAgreement
from core.models import Base


class Deviation(Base):
    """What one agency is asked about one text of a clause, when a version with it is frozen, and what its approver
    decided. The same text is asked about once, another one anew. The reason is a comment, whose audience reads it."""

    class Verdict(models.TextChoices):
        ASKED = "asked", "Not decided"
        ACCEPT = "accept", "Accepted"
        REFUSE = "refuse", "Refused"

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="deviations")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    clause_id = models.SlugField(max_length=60)
    text_hash = models.CharField(max_length=64)
    role = models.CharField(max_length=20, help_text="Who decides, as the library says.")
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.ASKED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    heading: str  # of its clause, with the rows of deviations.unsettled

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "agency", "clause_id", "text_hash"], name="deviation_once_per_text"
            ),
            models.CheckConstraint(
                condition=Q(verdict="asked", decided_at__isnull=True, decided_by__isnull=True)
                | Q(verdict__in=["accept", "refuse"], decided_at__isnull=False, decided_by__isnull=False),
                name="deviation_decided_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} on the words of {self.clause_id}"

    @property
    def who(self) -> str:
        """The role that decides, as people call it."""
        return ROLES[self.role].label
