"""Addresses of early-access requests, under /requests/. References are random, never numbers in a row."""

from django.urls import path

from early_access.views import blocked, changed, connecting, extending, filling, keys, release, weights
from early_access.views import requests as views

app_name = "early_access"
urlpatterns = [
    path("", views.requests, name="requests"),
    path("new/", views.new, name="new"),
    path("windows/", views.all_windows, name="windows"),
    path("intake/", views.intake, name="intake"),
    path("<slug:reference>/", views.request_page, name="request"),
    path("<slug:reference>/section/<slug:name>/", views.section, name="section"),
    path("<slug:reference>/section/<slug:name>/autosave/", views.autosave, name="autosave"),
    path("<slug:reference>/section/<slug:name>/owner/", filling.owner, name="section_owner"),
    path("<slug:reference>/section/<slug:name>/question/", filling.question, name="section_question"),
    path("<slug:reference>/receipt/", filling.receipt, name="receipt"),
    path("<slug:reference>/check/", views.check, name="check"),
    path("<slug:reference>/move/<slug:verb>/", views.move, name="move"),
    path("<slug:reference>/ask/", views.ask_for_information, name="ask_for_information"),
    path("<slug:reference>/answer/", views.answer, name="answer"),
    path("<slug:reference>/decline/", views.decline, name="decline"),
    path("<slug:reference>/schedule/", views.schedule, name="schedule"),
    path("<slug:reference>/close-early/", views.close_early, name="close_early"),
    path("<slug:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:reference>/connect/<slug:agency>/", connecting.connect, name="connect"),
    path("<slug:reference>/connect/<slug:agency>/<slug:variant>/", connecting.connect, name="connect"),
    path("<slug:reference>/key/replace/", keys.replace_key, name="replace_key"),
    path("<slug:reference>/key/revoke/", keys.revoke_key, name="revoke_key"),
    path("<slug:reference>/key/<slug:variant>/replace/", keys.replace_key, name="replace_key"),
    path("<slug:reference>/key/<slug:variant>/revoke/", keys.revoke_key, name="revoke_key"),
    path("<slug:reference>/proof/<uuid:pk>/", keys.ask_proof, name="ask_proof"),
    path("<slug:reference>/consent/<uuid:pk>/", keys.change_consent, name="change_consent"),
    path("<slug:reference>/weights/signer/", weights.signer, name="weights_signer"),
    path("<slug:reference>/weights/manifest/", weights.manifest, name="weights_manifest"),
    path("<slug:reference>/weights/manifest/<int:version>/bundle/", weights.bundle, name="weights_bundle"),
    path("<slug:reference>/weights/manifest/<int:version>/sums/", weights.sums, name="weights_sums"),
    path("<slug:reference>/weights/receipt/<slug:agency>/", weights.receipt, name="weights_receipt"),
    path("<slug:reference>/return/<uuid:pk>/certificate/", weights.certificate, name="destruction_certificate"),
    path("<slug:reference>/changed/", changed.announce, name="announce_change"),
    path("<slug:reference>/blocked/", blocked.report, name="report_blocked"),
    path("<slug:reference>/blocked/<uuid:pk>/end/", blocked.end, name="end_blocked"),
    path("<slug:reference>/blocked/<uuid:pk>/correct/", blocked.correct, name="correct_blocked"),
    path("<slug:reference>/extension/", extending.propose, name="propose_extension"),
    path("<slug:reference>/extension/<uuid:pk>/consent/", extending.consent, name="consent_to_extension"),
    path("<slug:reference>/extension/<uuid:pk>/refuse/", extending.refuse, name="refuse_extension"),
    path("<slug:reference>/extension/<uuid:pk>/withdraw/", extending.withdraw, name="withdraw_extension"),
    path("<slug:reference>/return/<uuid:pk>/", views.answer_return, name="answer_return"),
    path("<slug:reference>/release/", release.release, name="release"),
    path("<slug:reference>/release/<uuid:pk>/<slug:verb>/", release.move_release, name="move_release"),
]
