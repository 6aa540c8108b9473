"""Tests that are started here: what was asked for, how far it is, and how it ended. Its log is read like any other."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agencies.domains import RiskDomain
from core.models import Base
from evaluations.models.assignments import EvaluationAssignment
from evaluations.workflow import LIVE, RUN


class RunLaunch(Base):
    """One run started here, over all its starts: it can be stopped and gone on with. The agency's alone.

    Counts are totals over all starts. The estimates are in the `EvaluationRun` that its log gives.
    """

    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="launches")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, default=RUN.initial)
    suite = models.CharField(max_length=60)
    domain = models.CharField(max_length=40, choices=RiskDomain.choices)
    variant = models.CharField(max_length=30)
    restricted = models.BooleanField(default=False)
    parallel = models.PositiveSmallIntegerField(help_text="Most calls at the same time.")
    budget_tokens = models.BigIntegerField()
    budget_minutes = models.PositiveIntegerField()
    price_per_million = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    budget_usd = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    launched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(
        "early_access.AccessCredential",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of its last start.",
    )
    starts = models.PositiveSmallIntegerField(default=0, help_text="How often a process was started for it.")
    asked = models.PositiveSmallIntegerField(default=1, help_text="How often a person asked for it.")
    note = models.CharField(max_length=400, blank=True, help_text="Why it ended, as the evaluator reads it.")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True, help_text="When its supervisor last wrote.")
    samples = models.PositiveIntegerField(default=0)
    samples_done = models.PositiveIntegerField(default=0)
    samples_failed = models.PositiveIntegerField(default=0)
    tokens_in = models.BigIntegerField(default=0)
    tokens_out = models.BigIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0, help_text="Time that it ran.")

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(budget_usd=None) | Q(price_per_million__isnull=False), name="launch_cost_needs_a_price"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "-created_at", "-id"], name="launch_agency"),
            models.Index(fields=["assignment", "-created_at", "-id"], name="launch_assignment"),
        ]

    def __str__(self) -> str:
        return f"{self.suite}, started {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("evaluations:launched", args=[self.assignment.reference, self.pk])

    @property
    def tokens(self) -> int:
        """Sent and received."""
        return self.tokens_in + self.tokens_out

    @property
    def cost_usd(self) -> Decimal | None:
        """At the price that was given for it; None without one."""
        return None if self.price_per_million is None else self.price_per_million * self.tokens / 1_000_000

    @property
    def is_live(self) -> bool:
        """Whether a process runs for it, or is about to."""
        return self.status in LIVE
