"""Look-up for administrators: read-only, secrets left out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from core.admin import ReadOnlyAdmin
from early_access import partners
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
    TrustedPartner,
    TrustedPartnerNomination,
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


@admin.register(TrustedPartner)
class TrustedPartnerAdmin(ReadOnlyAdmin):
    """Organisations as a developer and an agency know them."""

    list_display = ("name", "kind", "country", "developer", "agency")
    list_select_related = ("developer", "agency")
    list_filter = ("kind",)


@admin.register(TrustedPartnerNomination)
class TrustedPartnerNominationAdmin(ReadOnlyAdmin):
    """Find a nomination by its reference; count what was not agreed, per agency."""

    list_display = ("reference", "partner", "agency", "status", "denial", "access_from")
    list_select_related = ("partner", "agency")
    list_filter = ("status", "denial", "agency")
    search_fields = ("reference__exact",)
    search_help_text = "The whole reference"
    ordering = ("-created_at", "-id")
    actions = ("counts",)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only the counts, which change nothing."""
        return {"counts": (TrustedPartnerNominationAdmin.counts, "counts", "Count the chosen per agency, as CSV")}

    def counts(self, request: HttpRequest, queryset: QuerySet[TrustedPartnerNomination]) -> HttpResponse:
        """Per agency and reason; no developer and no partner is named."""
        response = HttpResponse(partners.as_csv(partners.counted(queryset)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="trusted-partners-not-agreed.csv"'
        return response
