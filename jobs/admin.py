"""Look-up of durable work for administrators: what waits, what died and why."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from jobs.models import Job, Schedule


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Every job, newest first."""

    list_display = ("kind", "queue", "state", "attempts", "not_before", "done_at", "error")
    list_filter = ("state", "queue", "kind")
    search_fields = ("key", "=id")
    ordering = ("-created_at",)


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    """Recurring work and when it is next due."""

    list_display = ("name", "kind", "every_seconds", "next_at")
