"""What an agency can test and how many tests at once. The agency itself is an `accounts.Organisation`."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base


class TestingCapability(Base):
    """One risk domain an agency tests: up to which access level, and how many assignments in parallel."""

    __test__ = False  # not a test class, whatever its name suggests to pytest

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="capabilities")
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    highest_access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices, default=AccessLevel.AL1)
    parallel_capacity = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "testing capabilities"
        constraints = [
            models.UniqueConstraint(fields=["agency", "domain"], name="capability_once"),
            models.CheckConstraint(condition=models.Q(parallel_capacity__gte=1), name="capability_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_domain_display()} up to AL{self.highest_access_level}"
