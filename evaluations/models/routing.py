"""Versioned routing rules, and each attempt to route a request with its decisions in words."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import AccessLevel, RiskDomain
from core.models import Base
from evaluations.workflow import LEFT_OUT, RULE_SET


class RoutingRuleSet(Base):
    """One version of all rules. A draft is its agency's own and changes; a published one has a number and is frozen.

    A request is routed by the highest published version of the agency that took it in or of everybody (`router` empty).
    """

    number = models.PositiveIntegerField(unique=True, null=True, blank=True, help_text="Given when it is published.")
    status = models.CharField(max_length=24, default=RULE_SET.initial)
    router = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Whose requests it routes; empty: everybody's.",
    )  # fmt: skip
    note = models.CharField(max_length=300)
    row_version = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["router"], condition=Q(status="draft"), name="rules_one_draft"),
            models.CheckConstraint(
                condition=Q(status="published", number__isnull=False, published_at__isnull=False)
                | (~Q(status="published") & Q(number=None, published_at=None, published_by=None)),
                name="rules_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("edited_by")), name="rules_published_by_a_second"
            ),
        ]

    def __str__(self) -> str:
        return f"Rules version {self.number}" if self.number else "Draft of the next rules"


class RoutingRule(Base):
    """Within a version: requests in this domain, up to this access level, may go to this agency; or, where it excludes, the
    agency is kept out of tests in this domain that begin until a day, of one developer or of all.

    For an agency and a domain the rule with the lowest number decides.
    """

    rule_set = models.ForeignKey(RoutingRuleSet, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    highest_access_level = models.PositiveSmallIntegerField(choices=AccessLevel.choices, default=AccessLevel.AL3)
    excludes = models.BooleanField(default=False, db_default=False)
    developer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Of an exclusion: whose tests; empty: everybody's.",
    )  # fmt: skip
    until = models.DateField(
        null=True, blank=True, help_text="Of an exclusion: the last first day of a test it is about."
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="rule_number_once"),
            models.UniqueConstraint(
                fields=["rule_set", "domain", "agency", "excludes", "developer"], name="rule_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(excludes=True, until__isnull=False) | Q(excludes=False, until=None, developer=None),
                name="rule_excludes_until",
            ),
        ]

    def __str__(self) -> str:
        way = "kept out of" if self.excludes else "tests"
        return f"Rule {self.number}: {self.agency} {way} {self.get_domain_display()}"


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
                condition=Q(placed=0, resolved_at=None),
                name="attempt_open",
            ),
        ]


class RoutingDecision(Base):
    """What the router decided for one agency, and why, as a sentence that stands by itself.

    The newest about a request and an agency is a row of the router's board. Its people do not see other agencies'
    assignments: a trigger copies the state and the clock here, and nothing else.
    """

    attempt = models.ForeignKey(RoutingAttempt, on_delete=models.PROTECT, related_name="decisions")
    router = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    placed = models.BooleanField()
    rule_number = models.PositiveSmallIntegerField(null=True)
    sentence = models.CharField(max_length=900)
    status = models.CharField(max_length=24, default=LEFT_OUT, help_text="The assignment's, copied by the database.")
    since = models.DateTimeField(default=timezone.now, help_text="Since when it is in this state.")
    due_at = models.DateTimeField(null=True, blank=True, help_text="By when its next move is expected, copied too.")
    superseded_at = models.DateTimeField(null=True, blank=True, help_text="When a newer decision took its place.")
    chosen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, help_text="Why a routing officer chose the agency.")
    ended_reason = models.TextField(blank=True, help_text="Why the agency declined, or why it was taken back.")

    visibility = Visibility(seats=("router", "agency"))
    objects = VisibleManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["router", "-created_at", "-id"],
                condition=Q(superseded_at=None),
                name="decision_board",
            ),
            models.Index(fields=["router", "status", "-created_at", "-id"], name="decision_router_status"),
            models.Index(fields=["agency", "-created_at", "-id"], name="decision_agency"),
        ]

    @property
    def holds(self) -> bool:
        """Whether the agency has the request: a proposal, a test under way, or one that was finished."""
        return self.status not in (LEFT_OUT, "declined", "stopped")
