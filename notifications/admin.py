"""Look-up of mail for administrators: was it sent, when."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from notifications.models import Mail


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Every mail."""

    list_display = ("created_at", "address", "subject", "sent_at")
    search_fields = ("address", "subject")
