"""Rows of durable work and of recurring schedules. They hold ids, never names or secrets."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import Base


class Job(Base):
    """One piece of work. States: queued → running → done; or dead when its attempts are used up; or cancelled."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        DEAD = "dead", "Dead"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=60)
    queue = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    organisations = ArrayField(models.UUIDField(), default=list, help_text="Whose rows the job may see.")
    originator = models.UUIDField(null=True)
    payload = models.JSONField(default=dict, help_text="Ids only.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    rung = models.PositiveSmallIntegerField(default=0)
    next_ring_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["queue", "not_before"], condition=Q(state="queued"), name="job_queued"),
            models.Index(fields=["next_ring_at"], condition=Q(state__in=["queued", "running"]), name="job_ring"),
            models.Index(fields=["state", "-created_at"], name="job_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Schedule(Base):
    """A recurring kind. The sweeper enqueues one job per due tick; what is due survives restarts."""

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Echo(Base):
    """The effect of the diagnostic kind `jobs.echo`: one row per finished job, and which role and process wrote it."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="echo")
    role = models.CharField(max_length=63)
    process = models.CharField(max_length=100)
