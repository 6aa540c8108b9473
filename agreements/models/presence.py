"""Who has a text of their own side open: a row that a page renews while it is looked at."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from agreements.models.agreement import TestingAgreement
from agreements.models.library import ClauseDraft
from core.models import Base


class Presence(Base):
    """A person has the working draft of their side open, or a suggestion for one clause of it. It counts for a minute
    (agreements/presence.py), is read by the own organisation only, and enters no record: it is no act."""

    agreement = models.ForeignKey(TestingAgreement, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    clause_id = models.SlugField(max_length=60, blank=True, help_text="Empty: the draft.")
    seen_at = models.DateTimeField()

    visibility = Visibility(seats=("organisation",))
    objects = VisibleManager()

    class Meta:
        verbose_name_plural = "presences"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation", "person", "clause_id"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.agreement}"


class LibraryPresence(Base):
    """A counsel has the draft of a library clause open. As the draft, people of every agency read it, and nobody else."""

    draft = models.ForeignKey(ClauseDraft, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "library presences"
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="library_presence_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.draft}"
