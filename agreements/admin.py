"""Read-only look-up of agreements, their text, verdicts, delegations and signatures."""

from __future__ import annotations

from django.contrib import admin

from agreements.models import (
    AgreementGrant,
    AgreementTemplate,
    AgreementVersion,
    Clause,
    ClauseDraft,
    CompletionCertificate,
    Concurrence,
    Incumbency,
    IssuedFile,
    OwnCertificate,
    Post,
    RemoteSigning,
    Signatory,
    Signature,
    SignatureAuthority,
    SigningTurn,
    TestingAgreement,
)
from core.admin import ReadOnlyAdmin


@admin.register(TestingAgreement)
class TestingAgreementAdmin(ReadOnlyAdmin):
    """Agreements by reference, title or developer."""

    list_display = ("reference", "title", "developer", "status", "created_at")
    list_filter = ("status", "instrument")
    list_select_related = ("developer",)
    search_fields = ("reference", "title", "developer__name")


@admin.register(AgreementVersion)
class AgreementVersionAdmin(ReadOnlyAdmin):
    """Versions by hash."""

    list_display = ("agreement", "number", "text_hash", "frozen_at")
    list_select_related = ("agreement",)
    search_fields = ("agreement__reference", "text_hash")


@admin.register(Concurrence)
class ConcurrenceAdmin(ReadOnlyAdmin):
    """Verdicts of agencies."""

    list_display = ("agreement", "agency", "verdict", "basis", "decided_by", "decided_at")
    list_select_related = ("agreement", "agency", "decided_by")
    list_filter = ("verdict", "basis")
    search_fields = ("agreement__reference",)


@admin.register(SignatureAuthority)
class SignatureAuthorityAdmin(ReadOnlyAdmin):
    """Delegations to sign."""

    list_display = ("number", "title", "organisation", "holder", "post", "valid_from", "valid_until", "revoked_at")
    list_select_related = ("organisation", "holder", "post")
    search_fields = ("number", "title", "holder__name", "post__title")


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    """Posts to which delegations are given."""

    list_display = ("title", "organisation", "created_at", "ended_at")
    list_select_related = ("organisation",)
    search_fields = ("title",)


@admin.register(Incumbency)
class IncumbencyAdmin(ReadOnlyAdmin):
    """Who holds posts."""

    list_display = ("post", "person", "acting", "organisation", "begins_at", "ends_at", "concurred_at")
    list_select_related = ("post", "person", "organisation")
    search_fields = ("post__title", "person__name")


@admin.register(IssuedFile)
class IssuedFileAdmin(ReadOnlyAdmin):
    """Files by hash."""

    list_display = ("sha256", "agreement", "role", "size", "created_at", "voided_at")
    list_select_related = ("agreement",)
    list_filter = ("role",)
    search_fields = ("sha256", "agreement__reference")


@admin.register(Signatory)
class SignatoryAdmin(ReadOnlyAdmin):
    """Who was asked to sign."""

    list_display = ("agreement", "organisation", "person", "step", "tier", "declined_at", "voided_at")
    list_select_related = ("agreement", "organisation", "person")
    search_fields = ("agreement__reference", "person__name")


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Signatures with what was checked."""

    list_display = ("agreement", "signatory", "level", "at")
    list_select_related = ("agreement", "signatory__agreement")
    search_fields = ("agreement__reference", "typed_name", "certificate_sha256")


@admin.register(OwnCertificate)
class OwnCertificateAdmin(ReadOnlyAdmin):
    """Certificates with which people sign with keys of their own."""

    list_display = ("subject", "organisation", "person", "valid_until", "retired_at")
    list_select_related = ("organisation", "person")
    search_fields = ("subject", "issuer", "sha256", "person__name")


@admin.register(SigningTurn)
class SigningTurnAdmin(ReadOnlyAdmin):
    """Who held which file to sign it with a key of their own."""

    list_display = ("agreement", "signatory", "taken_at", "lapses_at", "ended_at", "ending")
    list_select_related = ("agreement", "signatory__agreement")
    list_filter = ("ending",)
    search_fields = ("agreement__reference",)


@admin.register(RemoteSigning)
class RemoteSigningAdmin(ReadOnlyAdmin):
    """What signing devices were asked, and what came of it; neither the file nor the signature."""

    list_display = ("turn", "organisation", "prepared_at", "answered_at", "failure")
    list_select_related = ("organisation", "turn__signatory__agreement")
    exclude = ("added", "attributes", "signature")
    search_fields = ("turn__agreement__reference",)


@admin.register(Clause)
class ClauseAdmin(ReadOnlyAdmin):
    """The clause library."""

    list_display = ("key", "version", "heading")
    search_fields = ("key", "heading")


@admin.register(AgreementTemplate)
class AgreementTemplateAdmin(ReadOnlyAdmin):
    """Templates."""

    list_display = ("name", "version", "instrument", "is_current")


@admin.register(CompletionCertificate)
class CompletionCertificateAdmin(ReadOnlyAdmin):
    """Certificates by hash."""

    list_display = ("agreement", "sha256", "created_at")
    list_select_related = ("agreement",)
    search_fields = ("agreement__reference", "sha256", "executed__sha256")


@admin.register(AgreementGrant)
class AgreementGrantAdmin(ReadOnlyAdmin):
    """Who besides the parties reads an agreement, until when, and who opened it to them."""

    list_display = ("user", "content_object", "organisation", "given_by", "given_at", "expires_at")
    list_select_related = ("user", "content_object", "organisation", "given_by")
    search_fields = ("user__name", "user__email", "content_object__reference")


@admin.register(ClauseDraft)
class ClauseDraftAdmin(ReadOnlyAdmin):
    """Drafts of library clauses."""

    list_display = ("key", "heading", "edited_at", "asked_at")
    search_fields = ("key", "heading")
