"""What was served from when on: pinned by the submission, and again by every change that the developer announces."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from developers.models import ModelCheckpoint, ModelVariant
from early_access.models.access import AccessSpecification
from early_access.models.request import Part


class PinnedState(Part):
    """One state of what the key reaches. A row is never changed: the next one says what holds from then on.

    The digest is a copy, so that a row of the developers' room that moved later would show."""

    number = models.PositiveSmallIntegerField(help_text="1, 2, 3 within the request.")
    checkpoint = models.ForeignKey(ModelCheckpoint, on_delete=models.PROTECT, related_name="+")
    configuration_sha256 = models.CharField(max_length=64)
    variants = ArrayField(models.CharField(max_length=20, choices=ModelVariant.Kind.choices))
    specification = models.ForeignKey(AccessSpecification, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(help_text="From when on it is served, as the developer says.")
    sentence = models.CharField(max_length=400, blank=True, help_text="What moved, in the developer's words.")
    announced_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty: pinned by the submission, or by an answer to intake.",
    )  # fmt: skip

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="pinned_state_once"),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(sentence=""), name="pinned_state_says_what_moved"
            ),
        ]

    def __str__(self) -> str:
        return f"state {self.number}"

    @property
    def variant_words(self) -> str:
        """The variants, as people read them."""
        return ", ".join(str(ModelVariant.Kind(kind).label) for kind in self.variants)
