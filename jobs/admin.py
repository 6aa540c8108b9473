"""Look-up of durable work for administrators: what waits, what died and why."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.admin import ReadOnlyAdmin
from jobs import kinds
from jobs.celery_settings import QUEUES, RUN_QUEUES
from jobs.models import Job, Schedule


class ByKind(admin.SimpleListFilter):
    """Kinds from the register, without reading the table for them."""

    title = parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Job]) -> list[tuple[str, str]]:
        """By name."""
        return [(kind, kind) for kind in sorted(kinds.KINDS)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        """Jobs of that kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ByQueue(admin.SimpleListFilter):
    """Queues, as the workers know them."""

    title = parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Job]) -> list[tuple[str, str]]:
        """In the order of the settings."""
        return [(queue, queue) for queue in (*QUEUES, *RUN_QUEUES)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        """Jobs of that queue."""
        return queryset.filter(queue=self.value()) if self.value() else queryset


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Every job, newest first; the state "dead" is what somebody has to look at."""

    list_display = ("kind", "queue", "state", "attempts", "not_before", "done_at", "error")
    list_filter = ("state", ByQueue, ByKind)
    search_fields = ("=key", "=id")
    ordering = ("-created_at",)


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    """Recurring work and when it is next due."""

    list_display = ("name", "kind", "every_seconds", "next_at")
