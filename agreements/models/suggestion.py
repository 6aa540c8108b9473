"""What one side would rather have a clause say, and what the other side answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import AgreementVersion, TestingAgreement
from agreements.workflow import SUGGESTION
from core.models import Base


class ClauseSuggestion(Base):
    """Other words for a clause of a version. Until it is sent only the author's organisation reads it; once sent its
    words never change. It changes no text by itself: who takes it has it in their own draft of the next version."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="suggestions")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    clause_id = models.SlugField(max_length=60)
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    variables = models.JSONField(default=dict, help_text="Terms of the cover page that it changes too.")
    reason = models.TextField(blank=True)
    from_file = models.BooleanField(default=False)
    status = models.CharField(
        max_length=12, default=SUGGESTION.initial, choices=[(s.name, s.label) for s in SUGGESTION.states]
    )
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)

    visibility = Visibility(through="agreement")
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "clause_id", "organisation"],
                condition=Q(status="pending"),
                name="suggestion_pending_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decided_for__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, decided_for__isnull=False),
                name="suggestion_decided_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"suggestion for {self.clause_id}"
