"""The audit record in the admin: search by person, object, verb and date; export what was found. Nothing changes here."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from audit.actions import record
from audit.exports import guarded_cell
from audit.models import Event
from core.admin import ReadOnlyAdmin

LARGEST_EXPORT = 10_000
COLUMNS = ("at", "actor", "verb", "object_type", "object_id", "reason", "request_id", "body")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Find a person, an object, an event; follow it; export."""

    list_display = ("at", "who", "verb", "object_type", "object_id", "reason")
    list_filter = ("verb", "object_type")
    date_hierarchy = "at"
    search_fields = ("=object_id", "=actor", "=request_id", "verb")
    search_help_text = "An object's id, a verb, a request id, or a person's e-mail address"
    ordering = ("-at",)
    list_per_page = 50
    actions = ["export"]

    @admin.display(description="who")
    def who(self, event: Event) -> str:
        """The person's name instead of an id."""
        if event.actor_id is None:
            return event.actor
        found = User.objects.filter(pk=event.actor_id).values_list("name", flat=True).first()
        return found or event.actor

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """An e-mail address finds the person's events."""
        if "@" in search_term:
            person = User.objects.filter(email=search_term.strip().lower()).first()
            return (queryset.filter(actor=f"person:{person.pk}") if person else queryset.none()), False
        return super().get_search_results(request, queryset, search_term)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only the export, which changes nothing."""
        return {"export": (EventAdmin.export, "export", "Export the chosen events as CSV")}

    def export(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse:
        """At most 10,000 rows as CSV, cells guarded against formulas; the export itself is recorded."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        rows = list(queryset.order_by("-at").values_list(*COLUMNS)[:LARGEST_EXPORT])
        writer.writerows([[guarded_cell(str(cell)) for cell in row] for row in rows])
        record("audit.exported", request.user, by=request.user, detail={"rows": len(rows)})  # type: ignore[arg-type]  # the admin has signed in
        response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return response
