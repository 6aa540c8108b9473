"""Which components of an agency concur inside it before the agency does: the agency's own business."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import TestingAgreement
from core.models import Base


class ConcurrencePlan(Base):
    """How one agency prepares its concurrence with one agreement. Without parts it is as if there were none."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="concurrence_plans")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    order = models.CharField(max_length=8, default="parallel", help_text="“parallel” or “sequence”.")
    blind = models.BooleanField(default=False, help_text="Answers stay sealed until all components have answered.")
    answer_by = models.DateField(null=True, blank=True, help_text="Day by which the components are asked to answer.")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    taken_over_from = models.ForeignKey(
        TestingAgreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Of an amendment: the agreement for which the agency set this plan. Empty once it is set here.",
    )  # fmt: skip

    visibility = Visibility(seats=("agency",), audience="agreements.ConcurrencePart")
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "agency"], name="concurrence_plan_once")]

    def __str__(self) -> str:
        return f"{self.agency}, {self.agreement}"


class ConcurrencePart(Base):
    """One component in a plan, in the order in which they are asked. It lends the component the agreement to read."""

    target = models.ForeignKey(ConcurrencePlan, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="concurrence_part_once")]
        indexes = [models.Index(fields=["organisation", "agreement"], name="concurrence_part_lent")]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.target}"
