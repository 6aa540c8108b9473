"""Look-up for administrators: read-only, secrets left out."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from early_access.models import AccessCredential, CredentialOpening, EarlyAccessRequest, ReleaseNotice, Withdrawal


@admin.register(EarlyAccessRequest)
class EarlyAccessRequestAdmin(ReadOnlyAdmin):
    """Find a request by its reference."""

    list_display = ("reference", "developer", "status", "submitted_at")
    list_filter = ("status", "track")
    search_fields = ("reference",)


@admin.register(AccessCredential)
class AccessCredentialAdmin(ReadOnlyAdmin):
    """That a credential exists and whether it is revoked."""

    list_display = ("request", "version", "created_at", "revoked_at", "revoked_because")
    exclude = ("ciphertext",)


@admin.register(CredentialOpening)
class CredentialOpeningAdmin(ReadOnlyAdmin):
    """Who opened a credential."""

    list_display = ("request", "agency", "opened_by", "created_at")


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    """Withdrawals."""

    list_display = ("request", "from_status", "created_at")


@admin.register(ReleaseNotice)
class ReleaseNoticeAdmin(ReadOnlyAdmin):
    """Developers' release notices."""

    list_display = ("request", "status", "release_on", "issued_at")
