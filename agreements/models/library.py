"""The clause library and the templates made of it: versioned rows that never change, and drafts of the next version."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import User
from accounts.roles import ROLES
from core.models import Base


class Instrument(models.TextChoices):
    """What kind of paper an agreement is."""

    MOU = "mou", "Framework memorandum of understanding"
    CRADA = "crada", "Cooperative research and development agreement"
    NDA = "nda", "Mutual non-disclosure agreement"


class Clause(Base):
    """One library clause in one version; `text` holds `{parameters}` that the cover variables fill. Without
    `published_by` it came with the program."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    rationale = models.TextField(blank=True)
    guidance = models.TextField(blank=True, help_text="For those who negotiate: where it may give, where it may not.")
    variables = models.JSONField(
        default=list, help_text="[{key, label, kind, default, minimum, maximum, required, help}]"
    )
    required_for = ArrayField(models.CharField(max_length=12, choices=Instrument.choices), default=list)
    decides_deviations = models.CharField(
        max_length=20,
        default="counsel",
        help_text="Role that decides, in each agency, on other words than the approved.",
    )
    change_note = models.CharField(max_length=300, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="clause_version_once")]

    def __str__(self) -> str:
        return f"{self.heading} (version {self.version})"

    @property
    def who_decides(self) -> str:
        """The role that decides on other words, as people call it."""
        return ROLES[self.decides_deviations].label


class ClauseAlternative(Base):
    """An approved other wording of a clause, with when to use it."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="alternatives")
    key = models.SlugField(max_length=60)
    text = models.TextField()
    when_to_use = models.TextField()
    rationale = models.TextField(blank=True)
    extra_concurrence = models.CharField(
        max_length=20, blank=True, help_text="Role that has to agree, in each agency, when this wording is used."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "key"], name="alternative_once")]

    def __str__(self) -> str:
        return f"{self.clause.heading}: {self.key}"

    @property
    def who_agrees(self) -> str:
        """The role that has to agree when it is used; empty when nobody has to."""
        return ROLES[self.extra_concurrence].label if self.extra_concurrence else ""


class AgreementTemplate(Base):
    """An ordered choice of library clauses with its variables, ready to start an agreement from."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    instrument = models.CharField(max_length=12, choices=Instrument.choices)
    name = models.CharField(max_length=120)
    description = models.TextField()
    clause_ids = ArrayField(models.UUIDField(), help_text="Library clauses, in order.")
    variables = models.JSONField(help_text="[{key, label, kind, default, minimum, maximum, help}]")
    concurrence_order = models.CharField(
        max_length=8, default="parallel", help_text="“parallel” or “sequence”: what its agreements start with."
    )
    concurrence_blind = models.BooleanField(
        default=False, help_text="Whether answers to its agreements stay sealed at first."
    )
    is_current = models.BooleanField(default=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return self.name


class ClauseDraft(Base):
    """The next version of a library clause (or a new clause) while agency counsel work on it. No developer reads it.

    `asked_at` is set when a second counsel is asked to read it, and cleared by every later edit.
    """

    key = models.SlugField(max_length=60, unique=True)
    base = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=120)
    text = models.TextField()
    rationale = models.TextField(blank=True)
    guidance = models.TextField(blank=True)
    required_for = ArrayField(models.CharField(max_length=12, choices=Instrument.choices), default=list)
    decides_deviations = models.CharField(max_length=20, default="counsel")
    after = models.SlugField(max_length=60, blank=True, help_text="A new clause stands after this one; empty: last.")
    alternatives = models.JSONField(default=list, help_text="[{key, text, when_to_use, rationale, extra_concurrence}]")
    variables = models.JSONField(default=list, help_text="As in Clause.")
    change_note = models.CharField(max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.heading} (draft)"
