"""Look-up for administrators: read-only, secrets left out."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ReadOnlyAdmin
from early_access.models import (
    AccessCredential,
    AccessWindow,
    BlockedTime,
    CredentialOpening,
    Designation,
    DesignationInquiry,
    EarlyAccessRequest,
    PinnedState,
    ReleaseNotice,
    ReturnItem,
    SectionTask,
    Withdrawal,
)


@admin.register(EarlyAccessRequest)
class EarlyAccessRequestAdmin(ReadOnlyAdmin):
    """Find a request by its reference."""

    list_display = ("reference", "developer", "status", "submitted_at")
    list_filter = ("status", "track")
    search_fields = ("reference__exact",)
    search_help_text = "The whole reference"
    ordering = ("-created_at", "-id")


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


@admin.register(AccessWindow)
class AccessWindowAdmin(ReadOnlyAdmin):
    """When models can be reached."""

    list_display = ("request", "starts_on", "ends_on", "opened_at", "closed_at")
    list_select_related = ("request",)
    search_fields = ("request__reference__exact",)


@admin.register(PinnedState)
class PinnedStateAdmin(ReadOnlyAdmin):
    """What was served from when on."""

    list_display = ("request", "number", "checkpoint", "since", "announced_by", "created_at")
    list_select_related = ("request", "checkpoint", "announced_by")
    search_fields = ("request__reference__exact", "configuration_sha256__exact")


@admin.register(SectionTask)
class SectionTaskAdmin(ReadOnlyAdmin):
    """Who fills which section of a draft."""

    list_display = ("request", "name", "owner", "row_version")
    list_select_related = ("request", "owner")
    search_fields = ("request__reference__exact",)


@admin.register(BlockedTime)
class BlockedTimeAdmin(ReadOnlyAdmin):
    """Reports of blocked time."""

    list_display = ("request", "agency", "cause", "began_at", "ended_at", "struck_at")
    list_select_related = ("request", "agency")
    list_filter = ("cause",)
    search_fields = ("request__reference__exact",)


@admin.register(ReturnItem)
class ReturnItemAdmin(ReadOnlyAdmin):
    """What agencies were asked to return or destroy, and what they answered."""

    list_display = ("request", "agency", "due_on", "outcome", "answered_at")
    list_select_related = ("request", "agency")
    list_filter = ("outcome",)
    search_fields = ("request__reference__exact",)


@admin.register(DesignationInquiry)
class DesignationInquiryAdmin(ReadOnlyAdmin):
    """Find a designation inquiry by its reference."""

    list_display = ("reference", "developer", "status", "submitted_at")
    list_select_related = ("developer",)
    list_filter = ("status",)
    search_fields = ("reference__exact",)
    search_help_text = "The whole reference"
    ordering = ("-created_at", "-id")


@admin.register(Designation)
class DesignationAdmin(ReadOnlyAdmin):
    """That NSA answered, and by which pointer. What it answered stands on the single row only."""

    list_display = ("inquiry", "office", "pointer", "answered_on")
    list_select_related = ("inquiry",)
    search_fields = ("inquiry__reference__exact", "pointer__exact")
