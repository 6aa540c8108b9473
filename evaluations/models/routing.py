"""Versioned routing rules, and each attempt to route a request with its decisions in words."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base


class RoutingRuleSet(Base):
    """One frozen version of all rules; the highest number is in force."""

    number = models.PositiveIntegerField(unique=True)
    note = models.CharField(max_length=300)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Rules version {self.number}"


class RoutingRule(Base):
    """Within a version: requests in this domain, up to this access level, may go to this agency."""

    rule_set = models.ForeignKey(RoutingRuleSet, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    highest_access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices, default=AccessLevel.AL3)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "number"], name="rule_number_once")]

    def __str__(self) -> str:
        return f"Rule {self.number}: {self.get_domain_display()} → {self.agency}"


class RoutingAttempt(Base):
    """One pass of the router over a request. Only agencies read it: it speaks of capacity."""

    request = models.ForeignKey("early_access.EarlyAccessRequest", on_delete=models.PROTECT, related_name="attempts")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    router = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    rule_set = models.ForeignKey(RoutingRuleSet, on_delete=models.PROTECT)
    placed = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=200)
    resolved_at = models.DateTimeField(null=True, blank=True, help_text="When a router dealt with an empty attempt.")

    visibility = Visibility(seats=("router",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="attempt_number_once")]
        indexes = [
            models.Index(fields=["router", "-created_at", "-id"], name="attempt_router"),
            models.Index(
                fields=["router", "-created_at", "-id"],
                condition=models.Q(placed=0, resolved_at=None),
                name="attempt_open",
            ),
        ]


class RoutingDecision(Base):
    """What the router decided for one agency, and why, as a sentence that stands by itself."""

    attempt = models.ForeignKey(RoutingAttempt, on_delete=models.PROTECT, related_name="decisions")
    router = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    placed = models.BooleanField()
    rule_number = models.PositiveSmallIntegerField(null=True)
    sentence = models.CharField(max_length=400)

    visibility = Visibility(seats=("router", "agency"))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(fields=["router", "-created_at", "-id"], name="decision_router"),
            models.Index(fields=["agency", "-created_at", "-id"], name="decision_agency"),
        ]
