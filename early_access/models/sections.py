"""Who of the developer's people fills a section, and what a colleague asks there. Only the developer's people ever read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.request import EarlyAccessRequest


class SectionTask(Base):
    """One section as work: whose it is, and the question of a colleague that waits there for an answer."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="section_tasks")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=400, blank=True, help_text="Empty while the question waits.")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    row_version = models.PositiveIntegerField(default=1)

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "name"], name="section_task_once"),
            models.CheckConstraint(
                condition=Q(question="") | Q(asked_by__isnull=False), name="section_question_has_author"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_by__isnull=False), name="section_answer_has_author"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def waits(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self.question and not self.answer)
