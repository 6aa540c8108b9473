"""What parties say about a version: comments on clauses, verdicts of agencies, and which text each verdict saw."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import AgreementVersion, TestingAgreement
from agreements.models.deviation import Deviation
from core.models import Base


class ClauseComment(Base):
    """A remark on a clause (or on the whole), for the author's own organisation or for all parties."""

    class Audience(models.TextChoices):
        OWN = "own", "My organisation only"
        ALL = "all", "All parties"

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="comments")
    clause_id = models.SlugField(max_length=60, blank=True)
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=4, choices=Audience.choices, default=Audience.ALL)
    text = models.TextField()
    deviation = models.ForeignKey(
        Deviation, null=True, on_delete=models.PROTECT, related_name="reasons", help_text="What it is the reason for."
    )

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"comment on {self.clause_id or 'the whole'}"


class Concurrence(Base):
    """An agency's verdict on one version. It is not a signature, and says nothing about any model or release."""

    class Verdict(models.TextChoices):
        CONCUR = "concur", "Concurs"
        REFUSE = "refuse", "Does not concur"
        RETURN = "return", "Returned with comments"

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="concurrences")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="concurrences")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    comment = models.TextField(blank=True)
    clause_ids = ArrayField(models.SlugField(max_length=60), default=list, blank=True, help_text="What it is about.")
    basis = models.CharField(max_length=8, default="person", help_text="“person”, “clock” or “carried”.")
    rule = models.CharField(
        max_length=200, blank=True, help_text="Where the clock spoke: the clause that lets silence count."
    )
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: lapse of time."
    )
    decided_at = models.DateTimeField()
    revealed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then only the agency itself reads it: answers are sealed until all are in.",
    )
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("agency",), through="agreement", opened="revealed_at")
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "version"], name="concurrence_once_per_version"),
            models.CheckConstraint(
                condition=Q(basis="carried")
                | (Q(basis="clock", decided_by__isnull=True, verdict="concur") & ~Q(rule=""))
                | Q(basis="person", decided_by__isnull=False),
                name="concurrence_by_somebody_or_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_verdict_display()}"

    @property
    def said_by(self) -> str:
        """Who said it; a lapse of time names its clause."""
        return self.decided_by.name if self.decided_by else f"by lapse of time under clause “{self.rule}”"


class ConcurrenceAsk(Base):
    """An agency was asked for its concurrence with a version. Its own business: others do not read whom the turn is at
    from it."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="asks")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="asks")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lapses_on = models.DateField(
        null=True, blank=True, help_text="The last day; afterwards silence counts. Empty: never."
    )

    visibility = Visibility(seats=("agency",))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "version"], name="concurrence_asked_once")]

    def __str__(self) -> str:
        return f"{self.agency} asked"


class ClauseReview(Base):
    """One clause as it was read for a concurrence: the hash says which text."""

    concurrence = models.ForeignKey(Concurrence, on_delete=models.CASCADE, related_name="reviews")
    clause_id = models.SlugField(max_length=60)
    text_hash = models.CharField(max_length=64)
    terms = models.JSONField(default=dict, help_text="As in the clause that was read.")
    carried_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concurrence", "clause_id"], name="clause_review_once")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.text_hash[:12]}"
