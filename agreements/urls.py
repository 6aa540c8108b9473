"""Addresses of the agreement pages, under /agreements/."""

from __future__ import annotations

from django.urls import path

from agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.start, name="new"),
    path("portfolio/", views.portfolio, name="portfolio"),
    path("authorities/", views.authorities, name="authorities"),
    path("authorities/new/", views.record_authority, name="record_authority"),
    path("authorities/<uuid:pk>/", views.authority, name="authority"),
    path("authorities/<uuid:pk>/concur/", views.concur_authority, name="concur_authority"),
    path("authorities/<uuid:pk>/revoke/", views.revoke, name="revoke_authority"),
    path("authorities/<uuid:pk>/document.pdf", views.authority_document, name="authority_document"),
    path("library/", views.library_index, name="library"),
    path("library/begin/", views.begin_clause, name="begin_clause"),
    path("library/<slug:key>/", views.clause, name="library_clause"),
    path("library/<slug:key>/edit/", views.edit_clause, name="edit_clause"),
    path("library/<slug:key>/publish/", views.publish_clause, name="publish_clause"),
    path("library/<slug:key>/versions/<int:number>/", views.clause_redline, name="clause_redline"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/edit/", views.edit, name="edit"),
    path("<str:reference>/autosave/", views.autosave, name="autosave"),
    path("<str:reference>/discard/", views.discard, name="discard"),
    path("<str:reference>/send/", views.send, name="send"),
    path("<str:reference>/propose/", views.propose, name="propose"),
    path("<str:reference>/versions/<int:number>/", views.version, name="version"),
    path("<str:reference>/versions/<int:number>.docx", views.version_word, name="version_word"),
    path("<str:reference>/redline/", views.redline, name="redline"),
    path("<str:reference>/redline.pdf", views.redline_pdf, name="redline_pdf"),
    path("<str:reference>/redline.docx", views.redline_word, name="redline_word"),
    path("<str:reference>/clearance/by/", views.clearance_by, name="clearance_by"),
    path("<str:reference>/suggestions/", views.suggestions, name="suggestions"),
    path("<str:reference>/suggestions/word/", views.take_in_word, name="take_in_word"),
    path("<str:reference>/suggestions/send/", views.send_suggestions, name="send_suggestions"),
    path("<str:reference>/suggestions/clause/<slug:key>/", views.suggest, name="suggest"),
    path("<str:reference>/suggestions/<uuid:pk>/<slug:verb>/", views.answer_suggestion, name="answer_suggestion"),
    path("<str:reference>/negotiation/", views.negotiation, name="negotiation"),
    path("<str:reference>/comment/", views.comment, name="comment"),
    path("<str:reference>/verdict/", views.verdict, name="verdict"),
    path("<str:reference>/clearance/", views.clearance, name="clearance"),
    path("<str:reference>/open/", views.open_for_signature, name="open"),
    path("<str:reference>/sign/", views.sign, name="sign"),
    path("<str:reference>/signed/", views.signed, name="signed"),
    path("<str:reference>/decline/", views.decline, name="decline"),
    path("<str:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:reference>/suspend/", views.suspend, name="suspend"),
    path("<str:reference>/resume/", views.resume, name="resume"),
    path("<str:reference>/terminate/", views.terminate, name="terminate"),
    path("<str:reference>/access/", views.give_access, name="give_access"),
    path("<str:reference>/access/<uuid:pk>/remove/", views.take_access, name="take_access"),
    path("<str:reference>/certificate.pdf", views.certificate, name="certificate"),
    path("<str:reference>/executed.pdf", views.executed, name="executed"),
]
