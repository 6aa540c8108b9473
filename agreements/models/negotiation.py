"""What parties say about a version: comments on clauses, verdicts of agencies, and which text each verdict saw."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import AgreementVersion, TestingAgreement
from agreements.models.deviation import Deviation
from core.models import Base


class ClauseComment(Base):
    """A remark on a clause (or on the whole), for the author's own organisation or for all parties.

    Until it is sent (`sent_at`) only its author reads it, and can change it. Sent, its words never change; others than
    the own organisation read it from `revealed_at` on, which stays empty where it is for the own organisation only, or
    while it waits with a sealed answer. A thread is a comment and the replies to it; it is the first that is resolved.
    """

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
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies",
        help_text="The comment that began the thread.",
    )  # fmt: skip
    sent_at = models.DateTimeField(null=True, blank=True, help_text="Empty: kept, and read by its author alone.")
    revealed_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: read by no other organisation than the author's."
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    visibility = Visibility(seats=("organisation",), through="agreement", opened="revealed_at")
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True) | Q(sent_at__isnull=False, audience="all"),
                name="comment_revealed_is_for_all",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(
                    resolved_at__isnull=False,
                    resolved_by__isnull=False,
                    sent_at__isnull=False,
                    in_reply_to__isnull=True,
                ),
                name="comment_resolved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False, resolved_at__isnull=True),
                name="comment_reopened_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["agreement", "created_at"], name="comment_of_agreement")]

    def __str__(self) -> str:
        return f"comment on {self.clause_id or 'the whole'}"

    @property
    def is_kept(self) -> bool:
        """Not sent yet."""
        return self.sent_at is None

    @property
    def is_sealed(self) -> bool:
        """Sent with an answer that is sealed until all are in."""
        return self.audience == self.Audience.ALL and self.sent_at is not None and self.revealed_at is None


class AgenciesOwn(VisibleManager):
    """Verdicts of agencies that are parties, without what their components said inside."""

    def get_queryset(self) -> Any:
        """Of every reader of `objects`: what is deliberated inside enters no file, list or count of the parties."""
        return super().get_queryset().filter(inside__isnull=True)


class Concurrence(Base):
    """An agency's verdict on one version. It is not a signature, and says nothing about any model or release.

    With `inside`, a component's answer to its own agency, under that agency's plan: the same row, carried over and
    reviewed in the same way, and read inside that agency only. `objects` leaves it out, `every` does not.
    """

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
    inside = models.ForeignKey(
        "ConcurrencePlan", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The plan of an agency under which `agency` is a component of it; empty: a party's own verdict.",
    )  # fmt: skip

    visibility = Visibility(seats=("agency",), through="agreement", opened="revealed_at")
    objects = AgenciesOwn()
    every = VisibleManager()

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
    from it. Of a component it stands while its agency has not answered, and the component answers only while it stands."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="asks")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="asks")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lapses_on = models.DateField(
        null=True, blank=True, help_text="The last day; afterwards silence counts. Empty: never."
    )
    answer_by = models.DateField(
        null=True, blank=True, help_text="Of a component asked inside its agency: the day by which it answers."
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
