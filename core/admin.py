"""The Django admin here is for look-up and audit: this base class changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and details only; no exact counts over large tables."""

    show_full_result_count = False
    actions: Sequence[str] | None = None  # type: ignore[assignment]  # None is Django's documented way to offer none

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
