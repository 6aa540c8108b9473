"""Look-up of capabilities for administrators; agencies change them in the routing pages."""

from __future__ import annotations

from django.contrib import admin

from agencies.models import TestingCapability
from core.admin import ReadOnlyAdmin


@admin.register(TestingCapability)
class TestingCapabilityAdmin(ReadOnlyAdmin):
    """Who can test what."""

    list_display = ("agency", "domain", "highest_access_level", "parallel_capacity", "is_active")
    list_filter = ("domain",)
    search_fields = ("agency__name", "agency__slug")
