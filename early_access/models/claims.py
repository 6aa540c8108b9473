"""What the developer itself measured, as it states it with the request: agencies compare with it what they measure."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from developers.models import ModelCheckpoint, ModelVariant
from early_access.models.documents import RequestDocument
from early_access.models.request import EarlyAccessRequest


class ClaimedResult(Base):
    """One figure that the developer claims, of one build and variant. Agencies with consent to that variant read it, no other
    does, the intake agency included. It is never changed: what was wrong is taken back and stated again."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="claimed_results")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    checkpoint = models.ForeignKey(ModelCheckpoint, on_delete=models.PROTECT, related_name="+")
    checkpoint_label = models.CharField(
        max_length=120, help_text="Its name, for agencies that do not read an earlier build's row."
    )
    variant = models.CharField(max_length=20, choices=ModelVariant.Kind.choices)
    suite = models.CharField(max_length=200)
    suite_version = models.CharField(max_length=60, blank=True)
    metric = models.CharField(max_length=120)
    estimate = models.FloatField(help_text="A share, 0 to 1.")
    ci_low = models.FloatField(null=True, help_text="Of the 95 % interval; empty: none was computed.")
    ci_high = models.FloatField(null=True)
    n = models.PositiveIntegerField(help_text="How many items it was measured on.")
    method = models.TextField(help_text="How it was measured.")
    document = models.ForeignKey(
        RequestDocument,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Where it stands, if attached.",
    )
    source = models.CharField(max_length=300, help_text="Where it stands, in words.")
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_why = models.CharField(max_length=300, blank=True)

    visibility = Visibility(
        seats=("developer",), consent=("early_access.VariantConsent", (("request", "request"), ("kind", "variant")))
    )
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["request", "-created_at", "-id"], name="claimed_result_request")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ci_low__isnull=True, ci_high__isnull=True)
                | Q(ci_low__lte=F("estimate"), ci_high__gte=F("estimate")),
                name="claimed_result_interval_holds_it",
            ),
            models.CheckConstraint(
                condition=Q(estimate__gte=0, estimate__lte=1, n__gte=1), name="claimed_result_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why=""),
                name="claimed_result_taken_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suite}, {self.get_variant_display()}: {self.metric}"
