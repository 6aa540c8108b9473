"""The Django admin here is for look-up and audit: this base class changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

MOST = 10_000
REFERENCE = re.compile(r"[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class CappedPaginator(Paginator):
    """Counts and pages the first rows only: an exact count over a table of millions would hold the page."""

    @cached_property
    def count(self) -> int:
        """At most `MOST`."""
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST].count())


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and details only; no exact counts over large tables. A full reference is looked up by its index."""

    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    actions: Sequence[str] | None = None  # type: ignore[assignment]  # None is Django's documented way to offer none

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """Every column but those left out by `exclude`, and bytes, which nobody reads."""
        hidden = set(self.exclude or ())
        return [f.name for f in self.opts.fields if f.name not in hidden and not isinstance(f, models.BinaryField)]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """All of them."""
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """As Django, but a reference in any case is compared as a whole."""
        term = search_term.strip().upper()
        if REFERENCE.fullmatch(term) and any(f.name == "reference" for f in self.opts.fields):
            return queryset.filter(reference=term), False
        return super().get_search_results(request, queryset, search_term)
