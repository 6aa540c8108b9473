"""The clause library and the templates made of it. Reference data: versioned rows that never change."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.models import Base


class Instrument(models.TextChoices):
    """What kind of paper an agreement is."""

    MOU = "mou", "Framework memorandum of understanding"
    CRADA = "crada", "Cooperative research and development agreement"
    NDA = "nda", "Mutual non-disclosure agreement"


class Clause(Base):
    """One library clause in one version; `text` holds `{parameters}` that the cover variables fill."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    rationale = models.TextField(blank=True)
    required_for = ArrayField(models.CharField(max_length=12, choices=Instrument.choices), default=list)
    decides_deviations = models.CharField(max_length=20, default="counsel")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="clause_version_once")]

    def __str__(self) -> str:
        return f"{self.heading} (version {self.version})"


class ClauseAlternative(Base):
    """An approved other wording of a clause, with when to use it."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="alternatives")
    key = models.SlugField(max_length=60)
    text = models.TextField()
    when_to_use = models.TextField()
    extra_concurrence = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "key"], name="alternative_once")]

    def __str__(self) -> str:
        return f"{self.clause.heading}: {self.key}"


class AgreementTemplate(Base):
    """An ordered choice of library clauses with its variables, ready to start an agreement from."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    instrument = models.CharField(max_length=12, choices=Instrument.choices)
    name = models.CharField(max_length=120)
    description = models.TextField()
    clause_ids = ArrayField(models.UUIDField(), help_text="Library clauses, in order.")
    variables = models.JSONField(help_text="[{key, label, kind, default, minimum, maximum, help}]")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return self.name
