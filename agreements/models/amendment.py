"""What an amendment changes, and what an agreement says from an instant on."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import AgreementClause, AgreementVersion, TestingAgreement
from core.models import Base


class AmendmentOperation(Base):
    """One change that a frozen version of an amendment makes: to a clause of the agreement it amends, or to a term."""

    class Kind(models.TextChoices):
        SET = "set", "Changes a term"
        REPLACE = "replace", "Replaces a clause"
        INSERT = "insert", "Adds a clause"
        DELETE = "delete", "Deletes a clause"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="operations")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    clause_id = models.SlugField(max_length=60, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    after = models.SlugField(max_length=60, blank=True, help_text="The clause behind which a new one stands.")
    wording = models.ForeignKey(AgreementClause, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True, help_text="The term.")
    expects = models.TextField(blank=True, help_text="Hash of the clause, or the term as JSON, it was written against.")
    value = models.JSONField(null=True, help_text="The term's new value.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="operation_position_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.clause_id or self.name}"


class Consolidation(Base):
    """The terms of an agreement from an instant on, written once when all have signed the amendment that makes them so.

    It is what other rooms ask (queries.obligation). The text itself is put together from the signed versions, and has
    this hash.
    """

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="consolidations")
    amendment = models.OneToOneField(TestingAgreement, on_delete=models.PROTECT, related_name="consolidation")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    applies_from = models.DateTimeField()
    duties = models.JSONField(help_text="Kind → {value, options, clause_id, survives}.")
    text_hash = models.CharField(max_length=64)

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="consolidation_once")]

    def __str__(self) -> str:
        return f"{self.agreement} from amendment {self.number} on"
