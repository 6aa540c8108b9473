"""What went wrong in a test, who told whom by when, and what was learnt."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.visibility import Visibility, VisibleManager
from core.models import Base
from core.references import new_reference
from evaluations.models.assignments import EvaluationAssignment
from evaluations.workflow import INCIDENT, UNTOLD

INCIDENT_KINDS = {
    "credential": "An access key, password or token of the test was read by somebody who should not have it.",
    "leak": "Weights, prompts, outputs or other information of the other side left the circle that may read it.",
    "escape": "The model or its tools reached something outside the test environment.",
    "rules": "Something was tested, or reached, that the rules of engagement leave out.",
    "person": "Somebody without an attestation took part, or read what is inside.",
    "other": "Another event that touches the other side's information, credentials or systems.",
}
INCIDENT_SCALE = {
    "critical": "It goes on, or weights or a live key are in unknown hands.",
    "high": "Confidential information or access was in the wrong hands; it is known whose.",
    "medium": "It could have been read or used; nothing shows that it was.",
    "low": "A rule was broken and nothing of the other side's was touched.",
}
WORDS = ("what_happened", "what_was_done", "containment", "notice", "investigation", "lessons")


class EvaluationIncident(Base):
    """One incident in one assignment, told by the side that noticed it. `told` stays empty until it notified the other
    side: until then the other side reads nothing, by absence. Nobody else, and no other agency, is ever told.

    An outage of the developer's endpoint is none. What was reported stays as it was written: the database says so.
    """

    class Kind(models.TextChoices):
        CREDENTIAL = "credential", "Credential exposed"
        LEAK = "leak", "Confidential information leaked"
        ESCAPE = "escape", "Escape from the test environment"
        RULES = "rules", "Outside the rules of engagement"
        PERSON = "person", "Somebody without an attestation"
        OTHER = "other", "Another incident"

    class Severity(models.TextChoices):
        CRITICAL = "critical", "Critical"
        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"

    class Measure(models.TextChoices):
        PAUSE = "pause", "Pause testing"
        REVOKE = "revoke_key", "Revoke the access key"
        STOP = "stop", "Stop the test for good"

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "INC"))
    assignment = models.ForeignKey(EvaluationAssignment, on_delete=models.PROTECT, related_name="incidents")
    reporter = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, default=INCIDENT.initial)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    severity = models.CharField(max_length=12, choices=Severity.choices)
    discovered_at = models.DateTimeField()
    notice_hours = models.PositiveSmallIntegerField(help_text="From the discovery to the notice.")
    notice_due_at = models.DateTimeField(help_text="Until when the other side has to be notified.")
    what_happened = models.TextField()
    what_was_done = models.TextField(blank=True)
    containment = models.TextField(blank=True)
    measures = ArrayField(models.CharField(max_length=12, choices=Measure.choices), default=list, blank=True)
    contained_at = models.DateTimeField(null=True)
    notice = models.TextField(blank=True)
    notified_at = models.DateTimeField(null=True)
    investigation = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    moved_at = models.DateTimeField(help_text="When its state changed last.")

    visibility = Visibility(seats=("reporter", "told"))
    objects = VisibleManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=UNTOLD, told=None, notified_at=None)
                | ~Q(status__in=UNTOLD) & Q(told__isnull=False, notified_at__isnull=False),
                name="incident_untold_is_nobody_elses",
            )
        ]
        indexes = [
            models.Index(fields=["reporter", "-created_at", "-id"], name="incident_reporter"),
            models.Index(fields=["told", "-created_at", "-id"], name="incident_told"),
            models.Index(fields=["reporter", "status", "-created_at", "-id"], name="incident_reporter_status"),
            models.Index(fields=["told", "status", "-created_at", "-id"], name="incident_told_status"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("evaluations:incident", args=[self.reference])

    @property
    def other_side(self) -> Organisation:
        """Who is to be notified: the developer, or the agency."""
        row = self.assignment
        return row.agency if self.reporter_id == row.developer_id else row.developer

    @property
    def measures_taken(self) -> str:
        """What Concord did at once, as people read it; empty for nothing."""
        return ", ".join(str(self.Measure(name).label) for name in self.measures)


class IncidentNote(Base):
    """One thing that became known or was done, between the steps: as many as there are. `reporter` and `told` are those of
    the incident, so that a note is read by whoever reads the incident; it stays as it was written."""

    incident = models.ForeignKey(EvaluationIncident, on_delete=models.PROTECT, related_name="notes")
    reporter = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    side = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", help_text="Who wrote it.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    visibility = Visibility(seats=("reporter", "told"))
    objects = VisibleManager()

    class Meta:
        indexes = [models.Index(fields=["incident", "created_at", "id"], name="incident_note_incident")]
