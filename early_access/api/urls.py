"""Addresses under /api/v1/requests/, /api/v1/inquiries/ and /api/v1/partners/."""

from __future__ import annotations

from django.urls import path

from accounts.api.base import NothingIn
from early_access import actions
from early_access.api import (
    blocked,
    changes,
    claims,
    documents,
    exits,
    extending,
    filling,
    inquiries,
    keys,
    opening,
    partners,
    views,
    weights,
    windows,
)
from early_access.api import serializers as shapes
from early_access.api import shapes_keys as keyed

MOVES = (
    ("submit", "may_submit", NothingIn, actions.submit),
    ("acknowledge", "may_acknowledge", NothingIn, actions.acknowledge),
    ("ask_for_information", "may_ask_for_information", shapes.QuestionIn, actions.ask_for_information),
    ("answer", "may_answer", shapes.AnswerIn, actions.answer),
    ("accept", "may_accept", NothingIn, actions.accept),
    ("decline", "may_decline", shapes.EndingIn, actions.decline),
    ("propose_schedule", "may_schedule", shapes.ScheduleIn, actions.propose_schedule),
    ("confirm_schedule", "may_schedule", NothingIn, actions.confirm_schedule),
    ("replace_key", "may_replace_key", keyed.KeyIn, actions.replace_key),
    ("revoke_key", "may_revoke_key", keyed.KeyRevokeIn, actions.revoke_key),
    ("close_early", "may_close_early", NothingIn, actions.close_early),
    ("close", "may_close", NothingIn, actions.close),
    ("withdraw", "may_withdraw", shapes.EndingIn, actions.withdraw),
)
RELEASE_MOVES = (
    ("issue", NothingIn, actions.issue_release),
    ("amend", shapes.ReleaseIn, actions.amend_release),
    ("cancel", NothingIn, actions.cancel_release),
)
ONE = "requests/<slug:reference>/"
INQUIRY = "inquiries/<slug:reference>/"
PARTNER = "partners/<slug:reference>/"

urlpatterns = [
    path("windows/", windows.Windows.as_view(), name="api_windows"),
    path("requests/", views.Requests.as_view(), name="api_requests"),
    path(ONE, views.One.as_view(), name="api_request"),
    path(f"{ONE}timeline/", exits.TimelineOf.as_view(), name="api_request_timeline"),
    path(f"{ONE}keys/", keys.Keys.as_view(), name="api_request_keys"),
    path(f"{ONE}variant-consents/", keys.VariantConsents.as_view(), name="api_variant_consents"),
    path(f"{ONE}revocation-proofs/", keys.Proofs.as_view(), name="api_revocation_proofs"),
    path(f"{ONE}revocation-proofs/<uuid:pk>/ask/", keys.AskProof.as_view(), name="api_ask_proof"),
    path(f"{ONE}weights/signers/", weights.Signers.as_view(), name="api_weights_signers"),
    path(f"{ONE}weights/manifests/", weights.Manifests.as_view(), name="api_weights_manifests"),
    path(f"{ONE}weights/manifests/<int:version>/bundle/", weights.Bundle.as_view(), name="api_weights_bundle"),
    path(f"{ONE}weights/manifests/<int:version>/sums/", weights.Sums.as_view(), name="api_weights_sums"),
    path(f"{ONE}weights/receipts/", weights.Receipts.as_view(), name="api_weights_receipts"),
    path(f"{ONE}documents/", documents.Documents.as_view(), name="api_documents"),
    path(f"{ONE}documents/<slug:kind>/<int:version>/file/", documents.DocumentFile.as_view(), name="api_document_file"),
    path(f"{ONE}openings/", exits.Openings.as_view(), name="api_request_openings"),
    path(f"{ONE}sections/", views.Tasks.as_view(), name="api_request_sections"),
    path(f"{ONE}sections/<slug:name>/", views.Sections.as_view(), name="api_request_section"),
    path(f"{ONE}sections/<slug:name>/owner/", filling.SectionOwner.as_view(), name="api_section_owner"),
    path(f"{ONE}sections/<slug:name>/question/", filling.SectionQuestion.as_view(), name="api_section_question"),
    path(f"{ONE}sections/<slug:name>/answer/", filling.SectionAnswer.as_view(), name="api_section_answer"),
    path(f"{ONE}receipt/", filling.Receipt.as_view(), name="api_receipt"),
    path(f"{ONE}receipt.pdf", filling.ReceiptPdf.as_view(), name="api_receipt_pdf"),
    path(f"{ONE}connection/<slug:agency>/", opening.Connection.as_view(), name="api_request_connection"),
    path(f"{ONE}answers/<uuid:pk>/take/", opening.Answer.as_view(), name="api_take_answer"),
    *(
        path(f"{ONE}moves/{verb}/", views.step(verb, guard, reads, act).as_view(), name=f"api_request_{verb}")
        for verb, guard, reads, act in MOVES
    ),
    path(f"{ONE}release-notices/", exits.ReleaseNotices.as_view(), name="api_release_notices"),
    path(f"{ONE}release-notices/preview/", exits.ReleasePreview.as_view(), name="api_release_preview"),
    *(
        path(
            f"{ONE}release-notices/<uuid:pk>/{verb}/",
            exits.release_step(verb, reads, act).as_view(),
            name=f"api_release_notice_{verb}",
        )
        for verb, reads, act in RELEASE_MOVES
    ),
    path(f"{ONE}own-results/", claims.Claims.as_view(), name="api_claims"),
    path(f"{ONE}own-results/<uuid:pk>/take-back/", claims.TakeBack.as_view(), name="api_take_back_claim"),
    path(f"{ONE}changes/", changes.Changes.as_view(), name="api_changes"),
    path(f"{ONE}blocked-times/", blocked.BlockedTimes.as_view(), name="api_blocked_times"),
    path(f"{ONE}blocked-times/<uuid:pk>/end/", blocked.EndBlocked.as_view(), name="api_end_blocked"),
    path(f"{ONE}blocked-times/<uuid:pk>/correct/", blocked.CorrectBlocked.as_view(), name="api_correct_blocked"),
    path(f"{ONE}extensions/", extending.Extensions.as_view(), name="api_extensions"),
    path(
        f"{ONE}extensions/<uuid:pk>/consent/", extending.ConsentToExtension.as_view(), name="api_consent_to_extension"
    ),
    path(f"{ONE}extensions/<uuid:pk>/refuse/", extending.RefuseExtension.as_view(), name="api_refuse_extension"),
    path(f"{ONE}extensions/<uuid:pk>/withdraw/", extending.WithdrawExtension.as_view(), name="api_withdraw_extension"),
    path(f"{ONE}return-items/", exits.ReturnItems.as_view(), name="api_return_items"),
    path(f"{ONE}return-items/<uuid:pk>/answer/", exits.ReturnAnswer.as_view(), name="api_return_item_answer"),
    path(
        f"{ONE}return-items/<uuid:pk>/certificate/", weights.Certificate.as_view(), name="api_destruction_certificate"
    ),
    path("inquiries/", inquiries.Inquiries.as_view(), name="api_inquiries"),
    path(INQUIRY, inquiries.One.as_view(), name="api_inquiry"),
    path(f"{INQUIRY}timeline/", inquiries.TimelineOf.as_view(), name="api_inquiry_timeline"),
    *(
        path(f"{INQUIRY}moves/{verb}/", view.as_view(), name=f"api_inquiry_{verb}")
        for verb, view in inquiries.STEPS.items()
    ),
    path(f"{ONE}partners/", partners.Nominations.as_view(), name="api_nominations"),
    path("partners/", partners.Partners.as_view(), name="api_partners"),
    path("partners/denials/", partners.Denials.as_view(), name="api_denials"),
    path(PARTNER, partners.One.as_view(), name="api_partner"),
    path(f"{PARTNER}timeline/", partners.TimelineOf.as_view(), name="api_partner_timeline"),
    path(f"{PARTNER}vetting/", partners.Vetting.as_view(), name="api_partner_vetting"),
    *(
        path(f"{PARTNER}moves/{verb}/", view.as_view(), name=f"api_partner_{verb}")
        for verb, view in partners.STEPS.items()
    ),
]
