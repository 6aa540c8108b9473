"""Addresses of this room under /api/v1/."""

from __future__ import annotations

from django.urls import path

from accounts.api.base import NothingIn
from agreements import actions
from agreements.api import (
    access,
    amending,
    authorities,
    commenting,
    components,
    deviating,
    library,
    many,
    own_signing,
    papers,
    portfolio,
    posts,
    reading,
    reassigning,
    remote_signing,
    suggesting,
    views,
)
from agreements.api import serializers as shapes

MOVES = (
    ("send", "may_send", NothingIn, actions.send),
    ("propose_version", "may_propose_version", NothingIn, actions.propose_version),
    ("discard_draft", "may_propose_version", NothingIn, actions.discard_draft),
    ("catch_up", "may_edit", NothingIn, actions.catch_up),
    ("return_with_comments", "may_return_with_comments", shapes.ReturnIn, actions.return_with_comments),
    ("open_clearance", "may_open_clearance", shapes.ClearanceIn, actions.open_clearance),
    ("set_ways", "may_set_ways", shapes.WaysIn, actions.set_ways),
    ("concur", "may_concur", shapes.ConcurIn, actions.concur),
    ("refuse_concurrence", "may_refuse_concurrence", shapes.RefuseIn, actions.refuse_concurrence),
    ("open_for_signature", "may_open_for_signature", shapes.OpenForSignatureIn, actions.open_for_signature),
    ("decline_to_sign", "may_decline_to_sign", shapes.ReasonIn, actions.decline_to_sign),
    ("withdraw", "may_withdraw", shapes.MaybeReasonIn, actions.withdraw),
    ("suspend", "may_suspend", shapes.ReasonIn, actions.suspend),
    ("resume", "may_resume", NothingIn, actions.resume),
    ("terminate", "may_terminate", shapes.ReasonIn, actions.terminate),
    ("take_back_notice", "may_take_back_notice", NothingIn, actions.take_back_notice),
    ("give_leave_notice", "may_leave", shapes.ReasonIn, actions.give_leave_notice),
    ("take_back_leave_notice", "may_stay", NothingIn, actions.take_back_leave_notice),
)

urlpatterns = [
    path("portfolio/", portfolio.Portfolio.as_view(), name="api_portfolio"),
    path("agreements/", views.Agreements.as_view(), name="api_agreements"),
    path("agreement-templates/", views.Templates.as_view(), name="api_agreement_templates"),
    path(
        "agreement-templates/<slug:template>/set_ways/",
        library.TemplateWays.as_view(),
        name="api_agreement_template_ways",
    ),
    path("clause-library/", library.Library.as_view(), name="api_clause_library"),
    path("clause-library/<slug:key>/", library.History.as_view(), name="api_clause_history"),
    path("clause-library/<slug:key>/draft/", library.LibraryDraft.as_view(), name="api_clause_draft"),
    path("clause-library/<slug:key>/draft/ask/", library.AskSecondReader.as_view(), name="api_clause_ask"),
    path("clause-library/<slug:key>/draft/publish/", library.Publish.as_view(), name="api_clause_publish"),
    path("clause-library/<slug:key>/draft/discard/", library.Discard.as_view(), name="api_clause_discard"),
    path("authorities/", authorities.Authorities.as_view(), name="api_authorities"),
    path("authorities/<uuid:pk>/", authorities.Authority.as_view(), name="api_authority"),
    path("authorities/<uuid:pk>/document.pdf", papers.AuthorityPaper.as_view(), name="api_authority_document"),
    path("authorities/<uuid:pk>/concur/", authorities.ConcurredAuthority.as_view(), name="api_authority_concur"),
    path("authorities/<uuid:pk>/revoke/", authorities.RevokedAuthority.as_view(), name="api_authority_revoke"),
    path("posts/", posts.Posts.as_view(), name="api_posts"),
    path("posts/<uuid:pk>/", posts.OnePost.as_view(), name="api_post"),
    path("posts/<uuid:pk>/end/", posts.EndedPost.as_view(), name="api_post_end"),
    path("posts/<uuid:pk>/incumbents/", posts.Incumbencies.as_view(), name="api_incumbencies"),
    path("incumbents/<uuid:pk>/", posts.OneIncumbency.as_view(), name="api_incumbency"),
    path("incumbents/<uuid:pk>/document.pdf", papers.IncumbencyPaper.as_view(), name="api_incumbency_document"),
    path("incumbents/<uuid:pk>/concur/", posts.ConcurredIncumbency.as_view(), name="api_incumbency_concur"),
    path("incumbents/<uuid:pk>/end/", posts.EndedIncumbency.as_view(), name="api_incumbency_end"),
    path("certificates/", own_signing.Certificates.as_view(), name="api_certificates"),
    path("certificates/<uuid:pk>/retire/", own_signing.RetiredCertificate.as_view(), name="api_certificate_retire"),
    path("agreements/amend/", many.AmendMany.as_view(), name="api_amend_many"),
    path("agreements/<str:reference>/", views.Agreement.as_view(), name="api_agreement"),
    path("agreements/<str:reference>/draft/", views.Draft.as_view(), name="api_agreement_draft"),
    path("agreements/<str:reference>/versions/<int:number>/", views.Version.as_view(), name="api_agreement_version"),
    path(
        "agreements/<str:reference>/versions/<int:number>.docx",
        papers.VersionWord.as_view(),
        name="api_agreement_version_word",
    ),
    path("agreements/<str:reference>/versions/", reading.Versions.as_view(), name="api_agreement_versions"),
    path(
        "agreements/<str:reference>/versions/<int:number>/changes/",
        reading.Changes.as_view(),
        name="api_agreement_changes",
    ),
    path("agreements/<str:reference>/redline/", reading.Redline.as_view(), name="api_agreement_redline"),
    path("agreements/<str:reference>/redline.pdf", reading.RedlinePdf.as_view(), name="api_agreement_redline_pdf"),
    path("agreements/<str:reference>/redline.docx", reading.RedlineWord.as_view(), name="api_agreement_redline_word"),
    path("agreements/<str:reference>/suggestions/", suggesting.Suggestions.as_view(), name="api_suggestions"),
    path(
        "agreements/<str:reference>/suggestions/word/",
        suggesting.SuggestionsFromWord.as_view(),
        name="api_suggest_word",
    ),
    path(
        "agreements/<str:reference>/suggestions/send/",
        suggesting.SendSuggestions.as_view(),
        name="api_suggestions_send",
    ),
    path(
        "agreements/<str:reference>/suggestions/accept/",
        suggesting.AcceptSuggestions.as_view(),
        name="api_accept_suggestions",
    ),
    *(
        path(f"agreements/<str:reference>/suggestions/<uuid:pk>/{verb}/", view.as_view(), name=f"api_suggestion_{verb}")
        for verb, view in (
            ("accept", suggesting.AcceptSuggestion),
            ("decline", suggesting.DeclineSuggestion),
            ("take-back", suggesting.TakeBackSuggestion),
        )
    ),
    path("agreements/<str:reference>/deviations/", deviating.Deviations.as_view(), name="api_deviations"),
    path(
        "agreements/<str:reference>/deviations/<slug:key>/decide/",
        deviating.Decide.as_view(),
        name="api_decide_deviation",
    ),
    path("agreements/<str:reference>/components/", components.Components.as_view(), name="api_components"),
    path(
        "agreements/<str:reference>/components/<slug:parent>/plan/",
        components.ComponentPlan.as_view(),
        name="api_component_plan",
    ),
    *(
        path(
            f"agreements/<str:reference>/components/<slug:component>/{verb}/",
            view.as_view(),
            name=f"api_component_{verb}",
        )
        for verb, view in (("concur", components.ConcurForComponent), ("refuse", components.RefuseForComponent))
    ),
    path("agreements/<str:reference>/amendments/", amending.Amendments.as_view(), name="api_amendments"),
    path("agreements/<str:reference>/consolidated/", amending.Consolidated.as_view(), name="api_consolidated"),
    path(
        "agreements/<str:reference>/consolidated.pdf", amending.ConsolidatedPdf.as_view(), name="api_consolidated_pdf"
    ),
    path(
        "agreements/<str:reference>/consolidated.docx",
        amending.ConsolidatedWord.as_view(),
        name="api_consolidated_word",
    ),
    path("agreements/<str:reference>/comments/", commenting.Comments.as_view(), name="api_agreement_comments"),
    path("agreements/<str:reference>/comments/send/", commenting.SendComments.as_view(), name="api_comments_send"),
    path(
        "agreements/<str:reference>/comments/discard/",
        commenting.DiscardComments.as_view(),
        name="api_comments_discard",
    ),
    path("agreements/<str:reference>/comments/<uuid:pk>/", commenting.KeptComment.as_view(), name="api_comment"),
    *(
        path(f"agreements/<str:reference>/comments/<uuid:pk>/{verb}/", view.as_view(), name=f"api_comment_{verb}")
        for verb, view in (
            ("discard", commenting.DiscardComment),
            ("resolve", commenting.settling("resolve", actions.resolve_comment)),
            ("reopen", commenting.settling("reopen", actions.reopen_comment)),
        )
    ),
    path("agreements/<str:reference>/timeline/", reading.TimelineOf.as_view(), name="api_agreement_timeline"),
    path("agreements/<str:reference>/checks/", views.Checks.as_view(), name="api_agreement_checks"),
    path("agreements/<str:reference>/sign/", views.Signing.as_view(), name="api_agreement_sign"),
    path("agreements/<str:reference>/sign/card/", own_signing.CardSigning.as_view(), name="api_sign_on_card"),
    path("agreements/<str:reference>/sign/card/turn/", own_signing.Turn.as_view(), name="api_card_turn"),
    path("agreements/<str:reference>/sign/card/turn/back/", own_signing.TurnBack.as_view(), name="api_give_back"),
    path("agreements/<str:reference>/sign/card/file.pdf", own_signing.TurnFile.as_view(), name="api_card_file"),
    path("agreements/<str:reference>/sign/device/", remote_signing.DeviceSigning.as_view(), name="api_device"),
    path(
        "agreements/<str:reference>/sign/device/finish/",
        remote_signing.DeviceFinished.as_view(),
        name="api_finish_device",
    ),
    path(
        "agreements/<str:reference>/sign/device/stop/", remote_signing.DeviceStopped.as_view(), name="api_stop_device"
    ),
    path("agreements/<str:reference>/signatories/<uuid:pk>/way/", own_signing.Way.as_view(), name="api_choose_way"),
    path("agreements/<str:reference>/signatories/<uuid:pk>/", reassigning.Reassigned.as_view(), name="api_reassign"),
    path("agreements/<str:reference>/access/", access.Access.as_view(), name="api_agreement_access"),
    path("agreements/<str:reference>/access/<uuid:pk>/remove/", access.AccessTaken.as_view(), name="api_take_access"),
    path("agreements/<str:reference>/certificate/", papers.Certificate.as_view(), name="api_certificate"),
    path("agreements/<str:reference>/certificate.pdf", papers.CertificatePdf.as_view(), name="api_certificate_pdf"),
    path("agreements/<str:reference>/executed.pdf", views.Executed.as_view(), name="api_agreement_executed"),
    *(
        path(
            f"agreements/<str:reference>/{verb}/",
            views.step(verb, f"agreements.{guard}", reads, act).as_view(),
            name=f"api_agreement_{verb}",
        )
        for verb, guard, reads, act in MOVES
    ),
]
