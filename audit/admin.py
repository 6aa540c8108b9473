"""The audit record in the admin: search by person, object, verb and date; export what was found. Nothing changes here."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, UUIDField, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest, HttpResponse

from accounts.limits import too_often
from accounts.models import User
from audit import verbs
from audit.actions import record
from audit.exports import guarded_cell
from audit.models import Event
from core.admin import REFERENCE, ReadOnlyAdmin
from core.models import Base

LARGEST_EXPORT = 10_000
BOUNDS = ("from", "until")
COLUMNS = ("at", "actor", "verb", "object_type", "object_id", "reason", "request_id", "body")


class ByVerb(admin.SimpleListFilter):
    """Verbs from the register: reading the distinct ones from a table of millions would hold the page."""

    title = "verb"
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> list[tuple[str, str]]:
        """Changes of rows, then what people did."""
        return [(v, v) for v in ("row.insert", "row.update", "row.delete", *sorted(verbs.VERBS))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Events with that verb."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


class ByTable(admin.SimpleListFilter):
    """Kinds of objects, from the models."""

    title = "kind of object"
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Event]) -> list[tuple[str, str]]:
        """By the model's name."""
        found = {m._meta.db_table: str(m._meta.verbose_name) for m in apps.get_models() if issubclass(m, Base)}
        return sorted(found.items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Events about that kind."""
        return queryset.filter(object_type=self.value()) if self.value() else queryset


class ByDays(admin.ListFilter):
    """From one day to another, both included, in UTC: two bounds on an index, where a date hierarchy reads the table."""

    title = "day (UTC)"
    template = "admin/days.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Event], model_admin: admin.ModelAdmin[Event]
    ) -> None:
        super().__init__(request, params, model, model_admin)  # type: ignore[arg-type]  # stubs say str, Django passes lists
        self.asked = {name: request.GET.get(name, "") for name in BOUNDS}
        for name in BOUNDS:
            params.pop(name, None)
        self.others = [(k, v) for k, v in request.GET.items() if k not in self.asked and k != "p"]

    def expected_parameters(self) -> list[str | None]:
        """The two bounds."""
        return list(BOUNDS)

    def has_output(self) -> bool:
        """Always."""
        return True

    def choices(self, changelist: Any) -> Any:
        """What the form shows: the bounds as they stand, and everything else that is chosen."""
        yield {"selected": not any(self.asked.values()), "bounds": self.asked, "others": self.others}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]) -> QuerySet[Event]:
        """Events of those days; a day that is none is refused as Django refuses other filters."""
        try:
            first, last = (date.fromisoformat(v) if v else None for v in self.asked.values())
        except ValueError as error:
            raise IncorrectLookupParameters from error
        if first:
            queryset = queryset.filter(at__gte=datetime.combine(first, time.min, UTC))
        return queryset.filter(at__lt=datetime.combine(last + timedelta(days=1), time.min, UTC)) if last else queryset


def _named(reference: str) -> list[str]:
    """Ids of what carries this reference: an index look-up in each table that has references."""
    models = [
        m for m in apps.get_models() if issubclass(m, Base) and any(f.name == "reference" for f in m._meta.fields)
    ]
    named = {"reference": reference}
    found = (m._base_manager.filter(**named).values_list("pk", flat=True)[:1] for m in models)
    return [str(pk) for keys in found for pk in keys]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Find a person, an object, an event; follow it; export."""

    list_display = ("at", "who", "verb", "object_type", "object_id", "reason")
    list_filter = (ByDays, ByVerb, ByTable)
    search_fields = ("object_id",)  # shows the box; get_search_results says what it finds
    search_help_text = "An object's reference or id, a person's e-mail address or id, a verb, or a request id"
    ordering = ("-at",)
    list_per_page = 50
    actions = ["export"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """Events with the name of the person who acted, in the same statement."""
        key = Case(When(actor__startswith="person:", then=Cast(Substr("actor", 8), UUIDField())), default=None)
        name = User.objects.filter(pk=OuterRef("person")).values("name")[:1]
        return super().get_queryset(request).annotate(person=key).annotate(person_name=Subquery(name))

    @admin.display(description="who")
    def who(self, event: Event) -> str:
        """The person's name instead of an id."""
        return str(getattr(event, "person_name", None) or event.actor)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """One exact look-up, each answered from an index."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if "@" in term:
            person = User.objects.filter(email=term.lower()).first()
            return (queryset.filter(actor=f"person:{person.pk}") if person else queryset.none()), False
        if "." in term:
            return queryset.filter(verb=term), False
        if REFERENCE.fullmatch(term.upper()):
            return queryset.filter(object_id__in=_named(term.upper())), False
        return queryset.filter(Q(object_id=term) | Q(actor=f"person:{term}") | Q(request_id=term)), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only the export, which changes nothing."""
        return {"export": (EventAdmin.export, "export", "Export the chosen events as CSV")}

    def export(self, request: HttpRequest, queryset: QuerySet[Event]) -> HttpResponse | None:
        """At most 10,000 rows as CSV, cells guarded against formulas; the export itself is recorded. More is refused
        rather than cut, since nobody sees in a file what is missing from it."""
        if len(queryset.order_by()[: LARGEST_EXPORT + 1].values_list("pk")) > LARGEST_EXPORT:
            words = (
                f"These are more than {LARGEST_EXPORT:,} events. Choose fewer days, a verb or a person, then export."
            )
            self.message_user(request, words, messages.ERROR)
            return None
        if refused := too_often(request, "exports", 10):
            return refused
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        rows = list(queryset.order_by("-at").values_list(*COLUMNS)[:LARGEST_EXPORT])
        writer.writerows([[guarded_cell(str(cell)) for cell in row] for row in rows])
        record("audit.exported", request.user, by=request.user, detail={"rows": len(rows)})  # type: ignore[arg-type]  # the admin has signed in
        response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return response
