"""A proposal to let a window last longer than agreed. It stands only with the developer's consent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.request import EarlyAccessRequest
from early_access.workflow import WINDOW_EXTENSION


class WindowExtension(Base):
    """A later last day, proposed by one side and answered by the other. Refused and withdrawn ones stay readable."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="extensions")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who proposed it; empty: the developer.",
    )  # fmt: skip
    status = models.CharField(max_length=12, default=WINDOW_EXTENSION.initial)
    starts_on = models.DateField(help_text="The window's first day.")
    was_until = models.DateField(help_text="The window's last day when it was proposed.")
    ends_on = models.DateField(help_text="The last day that is proposed.")
    why = models.CharField(max_length=400)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True, help_text="When the developer consented.")

    visibility = Visibility(through="request")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(status="proposed"), name="extension_one_open"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("was_until")), name="extension_is_longer"),
            models.CheckConstraint(
                condition=~Q(status="stands") | Q(consented_at__isnull=False, answered_at__isnull=False),
                name="extension_stands_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"extension to {self.ends_on}"

    @property
    def days(self) -> int:
        """How long the whole window would be, both ends included."""
        return (self.ends_on - self.starts_on).days + 1
