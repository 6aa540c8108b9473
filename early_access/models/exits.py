"""Withdrawal with what agencies return or destroy, and the developer's own release notice."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from early_access.models.request import EarlyAccessRequest
from early_access.workflow import RELEASE_NOTICE

# The checklist, besides weights; "kept": records that an agency may not destroy.
PARTS = {
    "prompts": "Prompts, and what the model answered",
    "logs": "Logs and results of runs",
    "documents": "Documents and figures of the developer",
    "copies": "Copies in mail, notes and backups",
}
DONE = {
    "returned": "Returned",
    "destroyed": "Destroyed",
    "nothing_held": "Nothing was held",
    "kept": "Kept: a law asks for it",
}


class Withdrawal(Base):
    """The developer's exit, with no reason needed."""

    request = models.OneToOneField(EarlyAccessRequest, on_delete=models.PROTECT, related_name="withdrawal")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_status = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    visibility = Visibility(through="request")
    objects = VisibleManager()

    def __str__(self) -> str:
        return f"withdrawn at {self.created_at:%Y-%m-%d %H:%M}"


class ReturnItem(Base):
    """What one agency is asked to return or destroy once its access has ended, and what it answered."""

    class Because(models.TextChoices):
        WITHDRAWN = "withdrawn", "The developer withdrew"
        AGREEMENT_ENDED = "agreement_ended", "The agreement ended"
        RETENTION = "retention", "The time for keeping data is over"

    class Outcome(models.TextChoices):
        RETURNED = "returned", "Returned"
        DESTROYED = "destroyed", "Destroyed"
        NOTHING_HELD = "nothing_held", "Nothing was held"

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="return_items")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=16, choices=Because.choices, default=Because.WITHDRAWN)
    kept_until = models.DateField(null=True, help_text="Until when the agreement lets the agency keep evaluation data.")
    confidential_until = models.DateField(
        null=True, help_text="How long the agreement keeps what was given confidential."
    )
    due_on = models.DateField()
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)
    statement = models.TextField(blank=True)
    parts = models.JSONField(default=dict, help_text="The checklist, part → what was done.")
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "agency"], name="return_item_once")]

    def __str__(self) -> str:
        return f"return or destroy by {self.due_on}"

    @property
    def checklist(self) -> list[tuple[str, str]]:
        """[(what, what was done)], as far as it was said apart."""
        return [(label, DONE[self.parts[name]]) for name, label in PARTS.items() if name in self.parts]


class ReleaseNotice(Base):
    """The developer's own decision to release, told to the agencies. It needs nobody's leave."""

    request = models.ForeignKey(EarlyAccessRequest, on_delete=models.PROTECT, related_name="release_notices")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, default=RELEASE_NOTICE.initial)
    release_on = models.DateField()
    rationale = models.TextField(blank=True)
    open_count = models.PositiveIntegerField(default=0, help_text="How many findings it lists, over all agencies.")
    issued_at = models.DateTimeField(null=True, blank=True)
    amended_at = models.DateTimeField(null=True, blank=True)

    visibility = Visibility(seats=("developer",))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["developer", "-created_at", "-id"], name="release_notice_developer")]

    def __str__(self) -> str:
        return f"release on {self.release_on}"


class ListedFinding(Base):
    """One finding that was open when a notice was issued or amended. Its agency reads which one it is; the other agencies
    read the notice's `open_count` only."""

    notice = models.ForeignKey(ReleaseNotice, on_delete=models.PROTECT, related_name="listed")
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200, help_text="Its page; the room above knows it.")

    visibility = Visibility(seats=("developer", "agency"))
    objects = VisibleManager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.UniqueConstraint(fields=["notice", "reference"], name="listed_finding_once")]

    def __str__(self) -> str:
        return self.reference
