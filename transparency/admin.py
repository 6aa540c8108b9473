"""Look-up of what is public."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from transparency.models import PublishedProof


@admin.register(PublishedProof)
class PublishedProofAdmin(ReadOnlyAdmin):
    """Published hashes."""

    list_display = ("agreement", "sha256", "published_by", "created_at")
    list_select_related = ("agreement", "published_by")
    search_fields = ("agreement__reference", "sha256", "certificate_sha256")
