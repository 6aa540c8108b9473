"""Look-up for administrators."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from developers.models import Developer, FrontierModel, ModelCheckpoint


@admin.register(Developer)
class DeveloperAdmin(ReadOnlyAdmin):
    """Find a developer."""

    list_display = ("legal_name", "status", "jurisdiction", "decided_at")
    list_filter = ("status",)
    search_fields = ("legal_name",)


@admin.register(FrontierModel)
class FrontierModelAdmin(ReadOnlyAdmin):
    """Find a model by its reference."""

    list_display = ("reference", "developer", "created_at")
    search_fields = ("reference",)


@admin.register(ModelCheckpoint)
class ModelCheckpointAdmin(ReadOnlyAdmin):
    """Find a checkpoint by the hash of its configuration."""

    list_display = ("id", "developer", "configuration_sha256", "created_at")
    search_fields = ("configuration_sha256",)
