"""Look-up of capabilities and of who keeps keys for administrators; agencies change them in their own pages."""

from __future__ import annotations

from django.contrib import admin

from agencies.models import CapacityPeriod, KeyCustody, TestingCapability
from core.admin import ReadOnlyAdmin


@admin.register(TestingCapability)
class TestingCapabilityAdmin(ReadOnlyAdmin):
    """Who can test what."""

    list_display = ("agency", "domain", "highest_access_level", "parallel_capacity", "is_active")
    list_filter = ("domain",)
    search_fields = ("agency__name", "agency__slug")


@admin.register(CapacityPeriod)
class CapacityPeriodAdmin(ReadOnlyAdmin):
    """Days with other places than usual, without the agency's note."""

    list_display = ("agency", "domain", "starts_on", "ends_on", "places")
    list_filter = ("domain",)
    search_fields = ("agency__name", "agency__slug")
    exclude = ("note",)


@admin.register(KeyCustody)
class KeyCustodyAdmin(ReadOnlyAdmin):
    """Who keeps the key of each agency. Everything in it is public."""

    list_display = ("agency", "kind", "key_id", "set_at")
    list_filter = ("kind",)
    search_fields = ("agency__name", "agency__slug")
